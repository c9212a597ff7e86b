namespace LieConv.Datasets.Molecules;

/// <summary>Places of the molecules of a set that are trained on, chosen by and tested on.</summary>
/// <param name="Train">Places to train on.</param>
/// <param name="Validation">Places to choose by; may be empty.</param>
/// <param name="Test">Places to test on.</param>
public sealed record MoleculeSplits(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>Molecules of the published QM9 after the uncharacterized ones are left out.</summary>
    public const int PublishedCount = 130_831;

    private const int PublishedTrain = 100_000;

    /// <summary>
    /// Shuffles with NumPy's RandomState(seed).permutation: the first to train on, then those for validation, and the
    /// rest to test on.
    /// </summary>
    /// <param name="set">The molecules.</param>
    /// <param name="train">How many to train on, at least 1.</param>
    /// <param name="validation">How many for validation, 0 or more.</param>
    /// <param name="seed">Seed of the shuffle, 0 or more.</param>
    /// <exception cref="ArgumentException">The set is too small, or a number out of its range.</exception>
    public static MoleculeSplits Create(MoleculeSet set, int train, int validation, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Create(set.Count, train, validation, seed);
    }

    /// <summary>
    /// The split of the published results: a tenth to test on, 100,000 to train on, the rest (17,748) for validation,
    /// seed 0. A set of another size is split in the same proportions.
    /// </summary>
    /// <param name="set">QM9 without the uncharacterized molecules, by ascending index.</param>
    public static MoleculeSplits Published(MoleculeSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var test = set.Count / 10;
        var train = set.Count == PublishedCount
            ? PublishedTrain
            : Math.Clamp((int)Math.Round((double)set.Count * PublishedTrain / PublishedCount), 1, set.Count - test);
        return Create(set.Count, train, set.Count - test - train, seed: 0);
    }

    /// <summary>Splits the places of so many molecules.</summary>
    internal static MoleculeSplits Create(int count, int train, int validation, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(train, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(validation);
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        if ((long)train + validation > count)
            throw new ArgumentException(
                $"There are {count} molecules, too few for {train} to train on and {validation} for validation.");
        var order = new LegacyRandom((uint)seed).Permutation(count);
        return new MoleculeSplits(
            order[..train], order[train..(train + validation)], order[(train + validation)..]);
    }
}
