using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// SO(3) lifts where the original takes its cross product along the wrong axis, the first of size 3: we check that the
/// lift carries r e_x to the point, and the recorded elements of the batch where the axis happened to be right.
/// </summary>
public sealed class CrossProductLiftFamily : CaseFamily
{
    /// <summary>Whether the original's lifts of this shape are wrong.</summary>
    public static bool Misdirected(long batch, long points, long samples) => batch == 3 || points == 3 || samples == 3;

    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "A_SO3", "cross_dim");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var group = GroupOfCase.Of(run.Config);
        var draws = new ReplayDraws(run);
        foreach (var points in run.Names("in.pts_").ToArray())
        {
            var kind = points["in.pts_".Length..];
            var lifted = group.Lift(run.Array(points), LiftOptions.Default, draws);
            run.Check("out.q_" + kind, lifted.Orbits!);
            var origin = cat([lifted.Orbits!, zeros_like(run.Array(points)).narrow(-1, 0, 2)], -1);
            var reached = group.Act(lifted.Elements, origin);
            run.CheckRight("out.reconstruction_err_" + kind, reached, run.Array(points));
            var shape = run.Array(points).shape;
            if (Misdirected(shape[0], shape[1], 1)) run.CheckRight("out.a_" + kind, reached, run.Array(points));
            else run.Check("out.a_" + kind, group.Log(lifted.Elements));
        }
    }
}
