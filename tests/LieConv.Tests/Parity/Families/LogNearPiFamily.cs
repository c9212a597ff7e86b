using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Logarithms of rotations by nearly half a turn, against the true ones, which the original misses.</summary>
public sealed class LogNearPiFamily : CaseFamily
{
    private const double DoubleTolerance = 1e-9;

    /// <summary>Single precision rounds the matrix itself; half of a turn's sign may go with it.</summary>
    private const double SingleTolerance = 1e-5;

    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "A_", "log_near_pi");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var group = GroupOfCase.Of(run.Config);
        var truth = run.Array("in.w_true");
        run.Check("out.R", group.ToMatrix(group.Exp(truth)));
        if (run.SinglePrecision)
        {
            var matrices = run.Array("out.R_f32");
            var log = group.Log(group.FromMatrix(matrices));
            run.CheckRight("out.R_f32", group.ToMatrix(group.Exp(log)), matrices, SingleTolerance);
            var nearest = minimum((log - truth).norm(-1), (log + truth).norm(-1));
            run.CheckRight("out.log_original_f32", nearest, zeros_like(nearest), SingleTolerance);
            run.Leave("out.log_original_f64", "compared in double precision");
        }
        else
        {
            var log = group.Log(group.FromMatrix(run.Array("out.R")));
            run.CheckRight("out.log_original_f64", log, truth, DoubleTolerance);
            run.Leave("out.log_original_f32", "compared in single precision");
            run.Leave("out.R_f32", "compared in single precision");
        }
        foreach (var name in run.Names("out.err_").ToArray()) run.Leave(name, "the original's own error");
    }
}
