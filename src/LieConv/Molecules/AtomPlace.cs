using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>Where a network reads positions from: relative to a point, to the mean of the molecule's atoms, or to both
/// of them, and in its own unit of length.</summary>
/// <param name="Origin">The point, x, y, z in Angstrom; null for the origin.</param>
/// <param name="Recentre">Whether positions are relative to the mean of the molecule's atoms.</param>
/// <param name="LengthUnit">Length that is 1, in Angstrom.</param>
internal readonly record struct AtomPlace(IReadOnlyList<double>? Origin, bool Recentre, double LengthUnit)
{
    /// <summary>Positions as the network reads them, 0 for padding, shape (b, n, 3).</summary>
    /// <param name="positions">In Angstrom, 0 for padding, shape (b, n, 3).</param>
    /// <param name="mask">True for atoms, shape (b, n).</param>
    /// <param name="dtype">Element type of the network's parameters.</param>
    public Tensor Apply(Tensor positions, Tensor mask, ScalarType dtype)
    {
        var valid = mask.unsqueeze(-1).to(dtype);                                                    // (b, n, 1)
        if (Origin is not null)
        {
            using var point = tensor([.. Origin], dtype: dtype, device: positions.device);
            positions = (positions - point) * valid;
        }
        if (Recentre) positions = ValidRows.Centred(positions, valid);
        if (LengthUnit == 1) return positions;
        var unit = Scalars.Of(LengthUnit);
        return positions.div(unit);
    }
}
