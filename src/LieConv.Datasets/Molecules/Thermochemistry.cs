namespace LieConv.Datasets.Molecules;

/// <summary>From values as in QM9's files to values in the targets' units.</summary>
public static class Thermochemistry
{
    /// <summary>
    /// Subtracts the free atoms' values from those targets that <see cref="MoleculeTargets"/> says so of, then
    /// multiplies each target with its factor.
    /// </summary>
    /// <param name="set">Molecules with targets of <see cref="MoleculeTargets.Qm9File"/> in the file's units.</param>
    /// <param name="references">Values of free atoms, in the file's units.</param>
    /// <returns>The same molecules, whose atoms it shares, with new values.</returns>
    /// <exception cref="ArgumentException">A target or an element is not known.</exception>
    public static MoleculeSet ToUnits(MoleculeSet set, AtomReferences references)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(references);
        var kinds = set.TargetNames.Select(name => MoleculeTargets.TryFind(name)
            ?? throw new ArgumentException($"The target '{name}' is not one of QM9's.", nameof(set))).ToArray();
        var values = new double[set.Targets.Length];
        for (var i = 0; i < set.Count; i++)
            for (var t = 0; t < kinds.Length; t++)
                values[i * kinds.Length + t] = ToUnit(set.Target(i, t), kinds[t], set.ChargesOf(i), references);
        return set.WithTargets(set.TargetNames, values);
    }

    /// <summary>One value from the file's unit to the target's, free atoms subtracted where the target says so.</summary>
    public static double ToUnit(
        double value, MoleculeTarget target, ReadOnlySpan<byte> charges, AtomReferences references)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(references);
        return (value - FreeAtoms(target, charges, references)) * target.Factor;
    }

    /// <summary>The way back: from the target's unit to the file's, free atoms added where they were subtracted.</summary>
    public static double ToFileUnit(
        double value, MoleculeTarget target, ReadOnlySpan<byte> charges, AtomReferences references)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(references);
        return value / target.Factor + FreeAtoms(target, charges, references);
    }

    private static double FreeAtoms(MoleculeTarget target, ReadOnlySpan<byte> charges, AtomReferences references) =>
        target.SubtractsFreeAtoms ? references.SumOf(charges, target.Name) : 0;
}
