using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Systems;

/// <summary>What the energies of particles have in common.</summary>
internal static class Particles
{
    /// <summary>The state with zeros for padding, whose values, even NaN, then reach neither energy nor derivatives.
    /// </summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Parameters (b, n, c) and mask.</param>
    /// <param name="parameters">The number c of parameters that the system has.</param>
    /// <exception cref="ArgumentException">A shape is not as described.</exception>
    public static Tensor Valid(Tensor state, ParticleSystems systems, int parameters)
    {
        Guard.HasShape(state, nameof(state), "(b, 2, n, D)", null, 2, null, null);
        PhaseSpace.Check(state, systems, (int)state.shape[^1], parameters);
        return systems.Mask is null
            ? state
            : state.masked_fill(systems.Mask.logical_not().unsqueeze(1).unsqueeze(-1), Scalars.Of(0));
    }

    /// <summary>q_i - q_j, shape (b, n, n, D).</summary>
    public static Tensor Separations(Tensor positions) => positions.unsqueeze(-2) - positions.unsqueeze(-3);
}
