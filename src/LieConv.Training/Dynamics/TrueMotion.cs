using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Training.Dynamics;

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
    public static Tensor Of(
        DynamicalSystem system, Tensor initial, ParticleSystems systems, IReadOnlyList<double> times)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var states = system.Motion is { } motion
            ? motion(initial, systems, tensor(times.ToArray()).expand(initial.shape[0], -1)).transpose(0, 1)
            : new DormandPrince(Tolerance).Solve(system.Field(systems), initial, times).States;
        return scope.MoveToOuter(states.contiguous());
    }
}
