using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>Hamilton's equations: dq/dt = ∂H/∂p, dp/dt = -∂H/∂q.</summary>
public static class HamiltonianFlow
{
    /// <summary>The time derivative of states under an energy.</summary>
    /// <remarks>Where gradients are enabled the result can be differentiated again, which training needs; under
    /// no_grad the graph of the energy is freed at once.</remarks>
    /// <param name="energy">The energies (b) of states.</param>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <returns>Shape (b, 2, n, D).</returns>
    /// <exception cref="ArgumentException">If the state has another shape or no floating type, or the energy does not
    /// depend on it.</exception>
    public static Tensor Derivative(Func<Tensor, Tensor> energy, Tensor state)
    {
        ArgumentNullException.ThrowIfNull(energy);
        Guard.IsFloating(state, nameof(state));
        using var scope = NewDisposeScope();
        var createGraph = is_grad_enabled();
        using var on = enable_grad();
        var point = state.requires_grad ? state : state.detach().requires_grad_();
        if (point.dim() < 3 || point.shape[^3] != 2)
            throw new ArgumentException(
                $"state has shape ({string.Join(", ", point.shape)}); expected (b, 2, n, D).", nameof(state));
        var slope = Numerics.Derivative.Compute(energy(point).sum(), point, createGraph);
        return scope.MoveToOuter(PhaseSpace.Join(PhaseSpace.Momenta(slope), -PhaseSpace.Positions(slope)));
    }

    /// <summary>The vector field of an energy function for given systems.</summary>
    public static VectorField Create(EnergyFunction energy, ParticleSystems systems)
    {
        ArgumentNullException.ThrowIfNull(energy);
        return (_, state) => Derivative(point => energy(point, systems), state);
    }
}
