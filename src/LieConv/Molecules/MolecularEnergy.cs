using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>The energy of b molecules as a function of their positions.</summary>
/// <param name="batch">The molecules.</param>
/// <returns>Energies, shape (b), each of its own molecule only.</returns>
public delegate Tensor MolecularEnergy(MoleculeBatch batch);
