namespace LieConv.Datasets.Molecules;

/// <summary>
/// Molecules with their target values, in flat arrays: the atoms of molecule i are those from Offsets[i] up to, but
/// not including, Offsets[i + 1]. The arrays are shared, not copied; a holder that changes them changes the set.
/// </summary>
public sealed class MoleculeSet
{
    /// <summary>Puts arrays together and checks that they fit.</summary>
    /// <param name="offsets">First atom of each molecule, then the number of all atoms; one more than molecules.</param>
    /// <param name="charges">Nuclear charges of all atoms, 1 or more.</param>
    /// <param name="positions">x, y, z of all atoms in Angstrom.</param>
    /// <param name="targetNames">Names of the T targets; may be empty.</param>
    /// <param name="targets">Target values, T for each molecule in turn.</param>
    /// <param name="ids">A number for each molecule: QM9's index, else the place from 1 on.</param>
    /// <param name="forces">Fx, Fy, Fz on all atoms, in the energy's unit per Angstrom, or null.</param>
    /// <exception cref="ArgumentException">Lengths or offsets do not fit, or a number is not finite.</exception>
    public MoleculeSet(
        int[] offsets, byte[] charges, double[] positions, IReadOnlyList<string> targetNames, double[] targets,
        int[] ids, double[]? forces = null)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(charges);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(targetNames);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(ids);
        if (offsets.Length == 0 || offsets[0] != 0 || offsets[^1] != charges.Length)
            throw new ArgumentException($"Offsets must run from 0 to the {charges.Length} atoms.", nameof(offsets));
        for (var i = 1; i < offsets.Length; i++)
            if (offsets[i] < offsets[i - 1])
                throw new ArgumentException($"Offset {i} must not be below the one before.", nameof(offsets));
        var count = offsets.Length - 1;
        RequireLength(positions.Length, 3L * charges.Length, nameof(positions));
        RequireLength(targets.Length, (long)count * targetNames.Count, nameof(targets));
        RequireLength(ids.Length, count, nameof(ids));
        if (forces is not null) RequireLength(forces.Length, positions.Length, nameof(forces));
        RequireFinite(positions, nameof(positions));
        RequireFinite(targets, nameof(targets));
        if (forces is not null) RequireFinite(forces, nameof(forces));
        (Offsets, Charges, Positions, Forces) = (offsets, charges, positions, forces);
        (TargetNames, Targets, Ids) = (targetNames, targets, ids);
        Species = DistinctCharges(charges);
    }

    /// <summary>Number of molecules.</summary>
    public int Count => Ids.Length;

    /// <summary>First atom of each molecule, then the number of all atoms; length Count + 1.</summary>
    public int[] Offsets { get; }

    /// <summary>Nuclear charges of all atoms.</summary>
    public byte[] Charges { get; }

    /// <summary>x, y, z of all atoms in Angstrom.</summary>
    public double[] Positions { get; }

    /// <summary>Fx, Fy, Fz on all atoms, in the energy's unit per Angstrom, or null where none are known.</summary>
    public double[]? Forces { get; }

    /// <summary>Names of the targets, for example of <see cref="MoleculeTargets"/>.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>Target values, row by row: those of molecule i start at i times the number of targets.</summary>
    public double[] Targets { get; }

    /// <summary>A number for each molecule: QM9's index, else the place from 1 on.</summary>
    public int[] Ids { get; }

    /// <summary>The nuclear charges that occur, each once, ascending.</summary>
    public IReadOnlyList<byte> Species { get; }

    /// <summary>Number of atoms of a molecule.</summary>
    public int AtomCount(int molecule) => Offsets[molecule + 1] - Offsets[molecule];

    /// <summary>Most atoms of any molecule; 0 for an empty set.</summary>
    public int LargestAtomCount
    {
        get
        {
            var most = 0;
            for (var i = 0; i < Count; i++) most = Math.Max(most, AtomCount(i));
            return most;
        }
    }

    /// <summary>Nuclear charges of a molecule's n atoms.</summary>
    public ReadOnlySpan<byte> ChargesOf(int molecule) => Charges.AsSpan(Offsets[molecule], AtomCount(molecule));

    /// <summary>Positions of a molecule's atoms in Angstrom, 3n numbers.</summary>
    public ReadOnlySpan<double> PositionsOf(int molecule) =>
        Positions.AsSpan(3 * Offsets[molecule], 3 * AtomCount(molecule));

    /// <summary>Forces on a molecule's atoms, 3n numbers.</summary>
    /// <exception cref="InvalidOperationException">The set has no forces.</exception>
    public ReadOnlySpan<double> ForcesOf(int molecule) => Forces is null
        ? throw new InvalidOperationException("This set has no forces.")
        : Forces.AsSpan(3 * Offsets[molecule], 3 * AtomCount(molecule));

    /// <summary>One target value of a molecule.</summary>
    public double Target(int molecule, int target) => Targets[molecule * TargetNames.Count + target];

    /// <summary>Place of a target among <see cref="TargetNames"/>.</summary>
    /// <exception cref="ArgumentException">There is no target of that name; the message lists those there are.</exception>
    public int TargetIndex(string name)
    {
        for (var i = 0; i < TargetNames.Count; i++)
            if (string.Equals(TargetNames[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        throw new ArgumentException(TargetNames.Count == 0
            ? $"There is no target '{name}': these molecules have none."
            : $"There is no target '{name}'; expected one of {string.Join(", ", TargetNames)}.", nameof(name));
    }

    /// <summary>Values of one target for the molecules at some places.</summary>
    public double[] TargetsOf(int target, ReadOnlySpan<int> indices)
    {
        var values = new double[indices.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Target(indices[i], target);
        return values;
    }

    /// <summary>A new set of the molecules at the given places, in that order.</summary>
    public MoleculeSet Take(ReadOnlySpan<int> indices)
    {
        var builder = new MoleculeSetBuilder(TargetNames, Forces is not null);
        foreach (var i in indices)
            builder.Add(Ids[i], ChargesOf(i), PositionsOf(i), Targets.AsSpan(i * TargetNames.Count, TargetNames.Count),
                Forces is null ? default : ForcesOf(i));
        return builder.Build();
    }

    /// <summary>The same molecules with other target values; atoms are shared with this set.</summary>
    /// <param name="names">Names of the new targets.</param>
    /// <param name="targets">Their values, row by row.</param>
    public MoleculeSet WithTargets(IReadOnlyList<string> names, double[] targets) =>
        new(Offsets, Charges, Positions, names, targets, Ids, Forces);

    private static byte[] DistinctCharges(ReadOnlySpan<byte> charges)
    {
        Span<bool> seen = stackalloc bool[256];
        foreach (var charge in charges) seen[charge] = true;
        if (seen[0]) throw new ArgumentException("Nuclear charges must be 1 or more.", nameof(charges));
        var distinct = new List<byte>();
        for (var charge = 1; charge < seen.Length; charge++)
            if (seen[charge]) distinct.Add((byte)charge);
        return [.. distinct];
    }

    private static void RequireFinite(double[] values, string name)
    {
        var place = Array.FindIndex(values, value => !double.IsFinite(value));
        if (place >= 0)
            throw new ArgumentException(
                FormattableString.Invariant($"{name}[{place}] is {values[place]}; expected finite numbers."), name);
    }

    private static void RequireLength(long actual, long expected, string name)
    {
        if (actual != expected) throw new ArgumentException($"Must hold {expected} values, not {actual}.", name);
    }
}
