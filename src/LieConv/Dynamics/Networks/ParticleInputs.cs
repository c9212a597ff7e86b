using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>States and parameters as the networks read them: checked, centred, and 0 for padding whatever it holds.
/// </summary>
/// <param name="Positions">Positions relative to the mean of the valid ones, shape (b, n, D).</param>
/// <param name="Momenta">Momenta, shape (b, n, D).</param>
/// <param name="Systems">Parameters (b, n, c) and mask (b, n).</param>
internal readonly record struct ParticleInputs(Tensor Positions, Tensor Momenta, ParticleSystems Systems)
{
    /// <summary>Checks and prepares.</summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Parameters and mask.</param>
    /// <param name="network">The network that will read them.</param>
    /// <param name="parameter">One of the network's parameters.</param>
    public static ParticleInputs Create(Tensor state, ParticleSystems systems, DynamicsNetwork network, Tensor parameter)
    {
        PhaseSpace.Check(state, systems, network.Dimensions, network.Parameters);
        Guard.HasDtype(state, parameter, nameof(state));
        Guard.HasDtype(systems.Parameters, parameter, nameof(systems.Parameters));
        var mask = systems.Mask?.expand(state.shape[0], state.shape[2]);
        return new ParticleInputs(
            PhaseSpace.Centred(PhaseSpace.Positions(state), mask),
            Valid(PhaseSpace.Momenta(state), mask),
            new ParticleSystems(Valid(systems.Parameters, mask), mask));
    }

    /// <summary>Positions and parameters of each particle, shape (b, n, D + c).</summary>
    public Tensor Places => cat([Positions, Systems.Parameters], -1);

    /// <summary>Positions, momenta and parameters of each particle, shape (b, n, 2D + c).</summary>
    public Tensor Particles => cat([Positions, Momenta, Systems.Parameters], -1);

    /// <summary>Rows (b, n, …) with 0 for padding.</summary>
    public static Tensor Valid(Tensor rows, Tensor? mask) =>
        mask is null ? rows : rows.masked_fill(mask.logical_not().unsqueeze(-1), Scalars.Of(0));
}
