using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>A network that learns an energy; the motion follows from Hamilton's equations and conserves it.</summary>
/// <param name="name">Name of the module.</param>
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
    public static Tensor KineticEnergy(Tensor momenta, ParticleSystems systems)
    {
        // Masked before the square: what padding holds, be it NaN, must not reach a derivative.
        if (systems.Mask is not null) momenta = momenta.masked_fill(systems.Mask.logical_not().unsqueeze(-1), 0);
        return ((momenta * momenta).sum(-1) / systems.Masses / 2).sum(-1);
    }
}
