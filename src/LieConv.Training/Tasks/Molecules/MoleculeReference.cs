using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>What is known of a molecule's target before the network is asked.</summary>
internal static class MoleculeReference
{
    /// <summary>The mean and what the atoms are worth, in the target's unit.</summary>
    /// <param name="target">The target.</param>
    /// <param name="charges">Nuclear charges of the n atoms.</param>
    /// <param name="positions">x, y, z of each in Angstrom.</param>
    public static double Compute(TargetScale target, ReadOnlySpan<byte> charges, ReadOnlySpan<double> positions)
    {
        var sum = target.Mean;
        if (target.Atoms is { } atoms)
            foreach (var charge in charges) sum += atoms.GetValueOrDefault(charge);
        if (target.Extents is not { } extents) return sum;
        Span<double> squares = charges.Length <= 256 ? stackalloc double[charges.Length] : new double[charges.Length];
        SquaredRadii(charges, positions, squares);
        for (var i = 0; i < charges.Length; i++) sum += extents.GetValueOrDefault(charges[i]) * squares[i];
        return sum;
    }

    /// <summary>Squared distances of the atoms from their centre of mass, in squared Angstrom.</summary>
    public static void SquaredRadii(ReadOnlySpan<byte> charges, ReadOnlySpan<double> positions, Span<double> squares)
    {
        var (total, x, y, z) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < charges.Length; i++)
        {
            var mass = AtomMasses.Find(charges[i]) ?? 0;
            (total, x, y, z) = (
                total + mass, x + mass * positions[3 * i], y + mass * positions[3 * i + 1], z + mass * positions[3 * i + 2]);
        }
        if (total > 0) (x, y, z) = (x / total, y / total, z / total);
        for (var i = 0; i < charges.Length; i++)
        {
            var (dx, dy, dz) = (positions[3 * i] - x, positions[3 * i + 1] - y, positions[3 * i + 2] - z);
            squares[i] = dx * dx + dy * dy + dz * dz;
        }
    }
}
