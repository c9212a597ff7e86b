using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>A batch of b molecules of at most n atoms.</summary>
/// <param name="Positions">Atoms in Angstrom, shape (b, n, 3); anything where there is padding.</param>
/// <param name="Charges">Nuclear charges, int64, 0 for padding, shape (b, n).</param>
/// <param name="Mask">True for atoms and false for padding, boolean, shape (b, n); null where the charges tell.</param>
public readonly record struct MoleculeBatch(Tensor Positions, Tensor Charges, Tensor? Mask = null)
{
    /// <summary>True for atoms, a new tensor of shape (b, n): the mask, or where charges are not 0.</summary>
    public Tensor Atoms => Mask is null ? Charges > Scalars.Of(0) : Mask.alias();

    /// <summary>Which species each atom is.</summary>
    /// <param name="species">Nuclear charges of the s species.</param>
    /// <returns>True where they agree, a new tensor of shape (b, n, s); false in padding.</returns>
    public Tensor OneHot(IReadOnlyList<int> species)
    {
        ArgumentNullException.ThrowIfNull(species);
        using var scope = NewDisposeScope();
        var known = tensor([.. species.Select(charge => (long)charge)], device: Charges.device);
        return scope.MoveToOuter((Charges.unsqueeze(-1) == known).logical_and(Atoms.unsqueeze(-1)));
    }
}
