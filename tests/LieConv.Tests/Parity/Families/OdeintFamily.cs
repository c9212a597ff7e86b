using LieConv.Dynamics.Solvers;
using LieConv.Tests.Parity.Format;

namespace LieConv.Tests.Parity.Families;

/// <summary>torchdiffeq's fixed steps of dy/dt = tanh(y A) + b sin(3t) on uneven times, and gradients through
/// them.</summary>
public sealed class OdeintFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "E_odeint");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (matrix, bias, initial) = (run.Leaf("in.A"), run.Leaf("in.b"), run.Leaf("in.y0"));
        var times = run.Reference("in.ts").data<double>().ToArray();
        var solver = Solver(run.Config);
        var states = solver.Solve(
            (time, state) => state.matmul(matrix).tanh() + bias * (time * 3).sin(), initial, times).States;
        run.Check("out.ys", states);
        (states * run.Array("cot.0")).sum().backward();
        run.Check("g.in.A", matrix.grad!);
        run.Check("g.in.b", bias.grad!);
        run.Check("g.in.y0", initial.grad!);
    }

    /// <summary>The solver of a case; tolerances are torchdiffeq's where none are given, and without effect on fixed
    /// steps.</summary>
    private static OdeSolver Solver(CaseConfig config)
    {
        var adaptive = new AdaptiveOptions
        {
            RelativeTolerance = config.Number("rtol", 1e-7), AbsoluteTolerance = config.Number("atol", 1e-9),
            Control = ErrorControl.WholeBatch,
        };
        return config.Text("method", "rk4") switch
        {
            "dopri5" => new DormandPrince(adaptive),
            "bosh3" => new BogackiShampine(adaptive),
            var method => OdeSolvers.Parse(method),
        };
    }
}
