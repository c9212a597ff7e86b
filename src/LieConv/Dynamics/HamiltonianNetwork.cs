using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>A network that learns an energy; the motion follows from Hamilton's equations and conserves it.</summary>
/// <param name="name">Name of the module.</param>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public abstract class HamiltonianNetwork(string name) : DynamicsNetwork(name)
{
    /// <summary>The energy H, shape (b). A function of its arguments alone: it draws nothing at random.</summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Parameters and mask.</param>
    public abstract Tensor Energy(Tensor state, ParticleSystems systems);

    /// <summary>dz/dt by Hamilton's equations, shape (b, 2, n, D).</summary>
    public sealed override Tensor forward(Tensor state, ParticleSystems systems) =>
        HamiltonianFlow.Derivative(point => Energy(point, systems), state);

    /// <summary>The kinetic energy Σ p²/2m over the valid particles, shape (b).</summary>
    /// <param name="momenta">Shape (b, n, D).</param>
    /// <param name="systems">Parameters (b, n, c), masses first, and the mask.</param>
    /// <exception cref="ArgumentException">If a shape or type does not fit.</exception>
    public static Tensor KineticEnergy(Tensor momenta, ParticleSystems systems)
    {
        Guard.HasShape(momenta, nameof(momenta), "(b, n, D)", null, null, null);
        Guard.IsFloating(momenta, nameof(momenta));
        var (b, n) = (momenta.shape[0], momenta.shape[1]);
        Guard.HasShape(systems.Parameters, nameof(systems.Parameters), "(b, n, c)", b, n, null);
        if (systems.Parameters.shape[2] == 0)
            throw new ArgumentException("Parameters has shape (b, n, 0); expected the masses first.", nameof(systems));
        Guard.Like(systems.Parameters, nameof(systems.Parameters), momenta, nameof(momenta));
        Guard.IsRowMask(systems.Mask, [b, n], nameof(systems.Mask), momenta);
        using var scope = NewDisposeScope();
        // Masked before the square: what padding holds, be it NaN, must not reach a derivative.
        if (systems.Mask is not null) momenta =
            momenta.masked_fill(systems.Mask.logical_not().unsqueeze(-1), Scalars.Of(0));
        return scope.MoveToOuter(((momenta * momenta).sum(-1) / systems.Masses / Scalars.Of(2)).sum(-1));
    }
}
