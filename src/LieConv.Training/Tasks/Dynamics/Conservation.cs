using LieConv.Dynamics;
using LieConv.Dynamics.Systems;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Relative drifts along motions: float64, shape (t, b), 0 at the first time.</summary>
internal static class Conservation
{
    /// <summary>The drift of an energy.</summary>
    /// <param name="energies">Shape (t, b).</param>
    /// <param name="scale">What it is relative to, shape (b).</param>
    public static Tensor Energy(Tensor energies, Tensor scale) => (energies - energies[0]).abs() / scale.abs();

    /// <summary>The drift of Σ p, relative to Σ |p| at the start.</summary>
    /// <param name="states">Shape (t, b, 2, n, D).</param>
    /// <param name="mask">Shape (b, n), or null.</param>
    public static Tensor LinearMomentum(Tensor states, Tensor? mask) =>
        Relative(states, state => ConservedQuantities.LinearMomentum(state, mask), PhaseSpace.Momenta(states[0]), mask);

    /// <summary>The drift of Σ q × p about the origin, relative to Σ |q × p| at the start.</summary>
    /// <param name="states">Shape (t, b, 2, n, D).</param>
    /// <param name="mask">Shape (b, n), or null.</param>
    public static Tensor AngularMomentum(Tensor states, Tensor? mask)
    {
        var (b, n, dimensions) = (states.shape[1], states.shape[3], states.shape[4]);
        // Each particle as a system of its own gives the single contributions.
        var alone = states[0].transpose(1, 2).reshape(b * n, 2, 1, dimensions);
        var each = ConservedQuantities.AngularMomentum(alone).reshape(b, n, -1);
        return Relative(states, state => ConservedQuantities.AngularMomentum(state, mask), each, mask);
    }

    private static Tensor Relative(Tensor states, Func<Tensor, Tensor> total, Tensor contributions, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var sizes = contributions.norm(-1);
        var scale = (mask is null ? sizes : sizes.masked_fill(mask.logical_not(), Scalars.Of(0))).sum(-1);
        var totals = stack([.. Enumerable.Range(0, (int)states.shape[0]).Select(time => total(states[time]))], 0);
        return scope.MoveToOuter((totals - totals[0]).norm(-1) / scale);
    }
}
