using LieConv.Randomness;

namespace LieConv.Datasets.Made;

/// <summary>Sets of points that are made, not measured: examples that anyone can train on at once, and data of a known
/// symmetry. The same for the same seed, whatever the platform; set i does not depend on how many there are.</summary>
public abstract class MadeData
{
    /// <summary>Points of a set, at least.</summary>
    public const int LeastPoints = 12;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MadeData> All { get; } =
    [
        new Outlines(), new Charges(), new SmallMolecules(),
        new InvariantSets("invariant-so2", "rotations about the origin", InvariantRules.Rotations),
        new InvariantSets("invariant-t2", "translations", InvariantRules.Translations),
        new InvariantSets("invariant-rx", "scalings about the origin", InvariantRules.Scalings),
        new InvariantSets("invariant-none", "nothing", InvariantRules.Nothing),
    ];

    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in a line.</summary>
    public abstract string Description { get; }

    /// <summary>Columns of numbers: coordinates, values, and the target where that is a number of each point.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Whether a set has a class, in a column "label".</summary>
    public abstract bool HasLabel { get; }

    /// <summary>Sets unless asked for another number.</summary>
    public abstract int UsualSets { get; }

    /// <summary>Points of a set, in the mean, unless asked for another number.</summary>
    public abstract int UsualPoints { get; }

    /// <summary>Makes a set.</summary>
    /// <param name="seed">Seed of all sets.</param>
    /// <param name="set">Its number, from 0.</param>
    /// <param name="points">Points of a set, at least <see cref="LeastPoints"/>.</param>
    public MadeSet Create(long seed, int set, int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, LeastPoints);
        var state = SplitMix64.Mix((ulong)seed + SplitMix64.Increment);
        return Draw(new SplitMix64(SplitMix64.Mix((state ^ (ulong)set) + SplitMix64.Increment)), set, points);
    }

    /// <summary>The data of a name.</summary>
    /// <exception cref="ArgumentException">If there are none: the message lists the names.</exception>
    public static MadeData Find(string name) =>
        All.FirstOrDefault(data => string.Equals(data.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"'{name}' is no data set that can be made; expected one of {string.Join(", ", All.Select(data => data.Name))}.");

    private protected abstract MadeSet Draw(SplitMix64 numbers, int set, int points);
}
