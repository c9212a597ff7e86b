using static TorchSharp.torch;

namespace LieConv.Datasets.Molecules;

/// <summary>Molecules as tensors, padded to the largest of them: b molecules, n atoms.</summary>
/// <param name="Positions">Positions in Angstrom, shape (b, n, 3), 0 in padding.</param>
/// <param name="Charges">Nuclear charges, int64, shape (b, n), 0 in padding.</param>
/// <param name="Mask">True for atoms, shape (b, n).</param>
public readonly record struct PaddedMolecules(Tensor Positions, Tensor Charges, Tensor Mask)
{
    /// <summary>Which species each atom is.</summary>
    /// <param name="species">Nuclear charges of the s species.</param>
    /// <returns>True where they agree, shape (b, n, s).</returns>
    public Tensor OneHot(IReadOnlyList<byte> species) => Charges.unsqueeze(-1).eq(
        tensor(species.Select(charge => (long)charge).ToArray(), device: Charges.device));
}
