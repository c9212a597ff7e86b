using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>The true motion of systems at any times: in closed form where there is one, else to a tolerance far below
/// the errors that it is compared with.</summary>
internal static class TrueMotion
{
    private static readonly AdaptiveOptions Tolerance = new() { RelativeTolerance = 1e-10, AbsoluteTolerance = 1e-12 };

    /// <param name="system">The kind of system.</param>
    /// <param name="initial">States at the first time, float64, shape (b, 2, n, D).</param>
    /// <param name="systems">The systems, float64.</param>
    /// <param name="times">Times from 0, rising.</param>
    /// <returns>States, shape (t, b, 2, n, D).</returns>
    public static Tensor Compute(
        DynamicalSystem system, Tensor initial, ParticleSystems systems, IReadOnlyList<double> times)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        if (system.Motion is not { } motion)
            return scope.MoveToOuter(new DormandPrince(Tolerance).Solve(system.Field(systems), initial, times).States);
        var states = motion(initial, systems, tensor(times.ToArray()).expand(initial.shape[0], -1)).transpose(0, 1);
        // A closed form gives the start back with rounding, which would count as an error of the prediction.
        return scope.MoveToOuter(cat([initial.unsqueeze(0), states.narrow(0, 1, states.shape[0] - 1)], 0));
    }
}
