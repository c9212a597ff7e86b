using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>Energies of b molecules and the forces on their atoms.</summary>
/// <param name="Energies">In the energy's unit, shape (b).</param>
/// <param name="Forces">-dE/dx in the energy's unit per Angstrom, 0 for padding, shape (b, n, 3).</param>
public readonly record struct EnergiesAndForces(Tensor Energies, Tensor Forces);
