namespace LieConv.Training.Preparation;

/// <summary>Kinds of sets of which each part should get its share.</summary>
/// <param name="Of">The stratum of each set, 0 to Names.Count - 1.</param>
/// <param name="Names">What a message calls each stratum, such as the name of a class.</param>
/// <param name="AreClasses">Whether they are classes, of which each needs a set to learn from and one to test on.</param>
public sealed record SetStrata(IReadOnlyList<int> Of, IReadOnlyList<string> Names, bool AreClasses)
{
    /// <summary>Bins of numbers.</summary>
    public const int UsualBins = 10;

    /// <summary>Sets that a bin has at least, so that every part gets some of it.</summary>
    private const int LeastOfBin = 10;

    /// <summary>All sets alike.</summary>
    /// <param name="count">Sets.</param>
    public static SetStrata None(int count) => new(new int[count], ["all"], false);

    /// <summary>The classes of sets.</summary>
    /// <param name="classes">The class of each set.</param>
    /// <param name="names">Names of the classes.</param>
    public static SetStrata FromClasses(IReadOnlyList<int> classes, IReadOnlyList<string> names) =>
        new(classes, names, true);

    /// <summary>Numbers of sets, parted at their quantiles into at most ten bins of at least ten sets.</summary>
    /// <param name="numbers">A finite number a set.</param>
    /// <param name="bins">The most bins.</param>
    public static SetStrata FromNumbers(IReadOnlyList<double> numbers, int bins = UsualBins)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        bins = Math.Clamp(numbers.Count / LeastOfBin, 1, bins);
        var of = new int[numbers.Count];
        var order = Enumerable.Range(0, numbers.Count).OrderBy(i => numbers[i]).ToArray(); // stable: ties by place
        for (var rank = 0; rank < order.Length; rank++) of[order[rank]] = (int)((long)rank * bins / order.Length);
        return new SetStrata(of, [.. Enumerable.Range(1, bins).Select(b => $"bin {b}")], false);
    }

    /// <summary>The class that most points of each set have; of equally many the first. For targets of points.</summary>
    /// <param name="classes">The class of each point, set by set.</param>
    /// <param name="sizes">Points of each set.</param>
    /// <param name="names">Names of the classes.</param>
    public static SetStrata FromPoints(ReadOnlySpan<int> classes, ReadOnlySpan<int> sizes, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var (of, counts, place) = (new int[sizes.Length], new int[names.Count], 0);
        for (var set = 0; set < sizes.Length; set++)
        {
            Array.Clear(counts);
            for (var end = place + sizes[set]; place < end; place++) counts[classes[place]]++;
            of[set] = Array.IndexOf(counts, counts.Max());
        }
        return new SetStrata(of, names, false);
    }

    /// <summary>The sets of each stratum, in order.</summary>
    internal List<int>[] Members()
    {
        var members = Enumerable.Range(0, Names.Count).Select(_ => new List<int>()).ToArray();
        for (var set = 0; set < Of.Count; set++) members[Of[set]].Add(set);
        return members;
    }
}
