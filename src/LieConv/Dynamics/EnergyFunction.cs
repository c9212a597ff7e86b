using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>The energy H of b systems, as a formula in tensor operations.</summary>
/// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
/// <param name="systems">Parameters and mask of the particles.</param>
/// <returns>Energies, shape (b).</returns>
public delegate Tensor EnergyFunction(Tensor state, ParticleSystems systems);
