using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>Atoms as the networks read them: checked, and 0 for padding whatever it holds.</summary>
/// <param name="Positions">Shape (b, n, 3).</param>
/// <param name="Values">Values of the atoms, shape (b, n, 3S) for S species.</param>
/// <param name="Mask">True for atoms, shape (b, n).</param>
internal readonly record struct AtomFeatures(Tensor Positions, Tensor Values, Tensor Mask)
{
    /// <summary>Numbers 1, c, c² of each species.</summary>
    public const int PerSpecies = 3;

    /// <summary>Checks and prepares.</summary>
    /// <param name="batch">The molecules.</param>
    /// <param name="species">Nuclear charges of known atoms.</param>
    /// <param name="chargeScale">The charge that is 1 in the input.</param>
    /// <param name="place">Where positions are read from.</param>
    /// <param name="dtype">Element type of the network's parameters.</param>
    public static AtomFeatures Create(
        MoleculeBatch batch, IReadOnlyList<int> species, double chargeScale, AtomPlace place, ScalarType dtype)
    {
        Check(batch);
        if (batch.Positions.dtype != dtype)
            throw new ArgumentException(
                $"Positions has dtype {batch.Positions.dtype}, but the module's parameters are {dtype}; expected the same.");
        var mask = batch.Atoms;
        var padding = mask.logical_not().unsqueeze(-1);                                              // (b, n, 1)
        var positions = place.Apply(batch.Positions.masked_fill(padding, Scalars.Of(0)), mask, dtype);
        return new AtomFeatures(positions, Featurised(batch, mask, species, chargeScale, dtype), mask);
    }

    /// <summary>What is wrong with the species and the scale of the charges.</summary>
    public static List<string> Validate(IReadOnlyList<int> species, double chargeScale)
    {
        var errors = new List<string>();
        if (species is null || species.Count == 0) errors.Add("Species is empty; expected nuclear charges.");
        else if (species.Any(charge => charge < 1) || species.Distinct().Count() != species.Count)
            errors.Add($"Species is [{string.Join(", ", species)}]; expected different nuclear charges from 1 up.");
        if (!(chargeScale > 0 && double.IsFinite(chargeScale)))
            errors.Add($"ChargeScale is {chargeScale:R}; expected a number above 0.");
        return errors;
    }

    /// <summary>What is wrong with the origin and the unit of positions.</summary>
    public static IEnumerable<string> ValidatePlace(IReadOnlyList<double>? origin, double lengthUnit)
    {
        if (!(lengthUnit > 0 && double.IsFinite(lengthUnit)))
            yield return $"LengthUnit is {lengthUnit:R}; expected a number above 0.";
        if (origin is not null && (origin.Count != 3 || !origin.All(double.IsFinite)))
            yield return
                $"Origin is [{string.Join(", ", origin.Select(x => $"{x:R}"))}]; expected x, y and z in Angstrom.";
    }

    /// <summary>One-hot species times (1, c, c²), the species outside: the original's order of channels.</summary>
    private static Tensor Featurised(
        MoleculeBatch batch, Tensor mask, IReadOnlyList<int> species, double chargeScale, ScalarType dtype)
    {
        var charges = batch.Charges;
        var isSpecies = batch.OneHot(species);                                                       // (b, n, S)
        RefuseUnknown(charges, mask.logical_and(isSpecies.any(-1).logical_not()), species);
        var c = charges.to(dtype) / Scalars.Of(chargeScale);
        var powers = stack([ones_like(c), c, c * c], -1);                                            // (b, n, 3)
        return (isSpecies.unsqueeze(-1).to(dtype) * powers.unsqueeze(-2)).flatten(-2);
    }

    private static void RefuseUnknown(Tensor charges, Tensor unknown, IReadOnlyList<int> species)
    {
        if (!unknown.any().item<bool>()) return;
        var charge = charges.masked_select(unknown).min().item<long>();
        throw new ArgumentException(
            $"Charges has an atom of nuclear charge {charge}; expected one of {string.Join(", ", species)}, " +
            "or false in Mask for padding.");
    }

    /// <summary>Requires floating positions (b, n, 3), charges and a mask (b, n), of at least one atom.</summary>
    public static void Check(MoleculeBatch batch)
    {
        var (positions, charges) = (batch.Positions, batch.Charges);
        Guard.HasShape(positions, nameof(batch.Positions), "(b, n, 3)", null, null, 3);
        var (b, n) = (positions.shape[0], positions.shape[1]);
        if (b == 0 || n == 0)
            throw new ArgumentException(
                $"Positions has shape ({b}, {n}, 3); expected at least one molecule and one atom.");
        Guard.IsFloating(positions, nameof(batch.Positions));
        Guard.HasShape(charges, nameof(batch.Charges), "(b, n)", b, n);
        if (charges.dtype != ScalarType.Int64)
            throw new ArgumentException(
                $"Charges has dtype {charges.dtype}; expected Int64.");
        Guard.OnDeviceOf(charges, nameof(batch.Charges), positions);
        if (batch.Mask is null) return;
        Guard.HasShape(batch.Mask, nameof(batch.Mask), "(b, n)", b, n);
        if (batch.Mask.dtype != ScalarType.Bool)
            throw new ArgumentException($"Mask has dtype {batch.Mask.dtype}; expected Bool.");
        Guard.OnDeviceOf(batch.Mask, nameof(batch.Mask), positions);
    }
}
