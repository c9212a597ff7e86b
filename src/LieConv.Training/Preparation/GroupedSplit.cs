using LieConv.Randomness;
using LieConv.Training.Randomness;

namespace LieConv.Training.Preparation;

/// <summary>Parts sets so that those of a group stay together: scans of one patient, pieces of one scene. The same on
/// every platform.</summary>
/// <remarks>
/// Groups from the largest to the smallest go where they bring sizes and strata nearest to the fractions (least squares),
/// then single groups are moved as long as that helps. Finding the best is as hard as packing bins.
/// </remarks>
public static class GroupedSplit
{
    private const int MostRounds = 20;

    /// <summary>How much the size of a part weighs beside its strata.</summary>
    private const double SizeWeight = 2;

    /// <summary>Parts the sets.</summary>
    /// <param name="groups">The group of each set.</param>
    /// <param name="strata">The kinds of sets, of which each part gets its share as far as the groups allow.</param>
    /// <param name="fractions">How much each part gets.</param>
    /// <param name="seed">Another seed, another split.</param>
    /// <exception cref="ArgumentException">If the fractions are wrong or there are fewer groups than parts: one sentence.
    /// </exception>
    public static SetSplit Create(IReadOnlyList<string> groups, SetStrata strata, SplitFractions fractions, long seed)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(strata);
        ArgumentNullException.ThrowIfNull(fractions);
        if (fractions.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
        var members = Enumerable.Range(0, groups.Count).GroupBy(set => groups[set], StringComparer.Ordinal)
            .Select(group => group.ToArray()).ToArray();
        if (members.Length < fractions.Used.Count)
            throw new ArgumentException(
                $"The sets are of {members.Length} groups ({string.Join(", ", groups.Distinct().Take(3))}), which stay " +
                $"whole; expected at least {fractions.Used.Count}, one for each part of the data.");
        var state = new GroupPlacement(members, strata, fractions, SizeWeight);
        var numbers = new SplitMix64(new SeedSequence(seed).SeedOf(RandomPurpose.Split, 1));
        var order = numbers.Permutation(members.Length).OrderByDescending(g => members[g].Length).ToArray();
        foreach (var g in order) state.Place(g, fractions.Used.MinBy(part => state.CostOfAdding(g, part)));
        for (var round = 0; round < MostRounds && Improve(state, order, fractions.Used); round++) { }
        if (strata.AreClasses) KeepInTraining(state, members, strata);
        FillEmpty(state, members, fractions.Used);
        var parts = new SplitPart[groups.Count];
        for (var g = 0; g < members.Length; g++)
            foreach (var set in members[g]) parts[set] = state.PartOf(g);
        return new SetSplit(
            parts, $"{StratifiedSplit.Method(fractions, seed)}, in {members.Length} groups", Notes(strata, parts));
    }

    /// <summary>Notes on classes that a network does not see in training.</summary>
    internal static IReadOnlyList<string> Notes(SetStrata strata, IReadOnlyList<SplitPart> parts)
    {
        if (!strata.AreClasses) return [];
        var seen = Enumerable.Range(0, parts.Count).Where(set => parts[set] == SplitPart.Training)
            .Select(set => strata.Of[set]).ToHashSet();
        return
        [
            .. strata.Of.Distinct().Where(k => !seen.Contains(k)).Order().Select(k =>
                $"The class '{strata.Names[k]}' is in no training set and cannot be learnt."),
        ];
    }

    private static bool Improve(GroupPlacement state, int[] order, IReadOnlyList<SplitPart> used)
    {
        var isBetter = false;
        foreach (var g in order)
        {
            var from = state.PartOf(g);
            state.Take(g);
            var here = state.CostOfAdding(g, from);
            var best = used.MinBy(part => state.CostOfAdding(g, part));
            var moves = state.CostOfAdding(g, best) < here - 1e-9;
            state.Place(g, moves ? best : from);
            isBetter |= moves;
        }
        return isBetter;
    }

    /// <summary>A class can be found only where it has been seen: the smallest of its groups is for training.</summary>
    private static void KeepInTraining(GroupPlacement state, int[][] members, SetStrata strata)
    {
        foreach (var groups in Enumerable.Range(0, members.Length)
            .SelectMany(g => members[g].Select(set => (Group: g, Class: strata.Of[set])).Distinct())
            .ToLookup(pair => pair.Class, pair => pair.Group))
        {
            if (groups.Any(g => state.PartOf(g) == SplitPart.Training)) continue;
            var smallest = groups.MinBy(g => members[g].Length);
            state.Take(smallest);
            state.Place(smallest, SplitPart.Training);
        }
    }

    /// <summary>A part that has nothing gets the smallest group of the part that has most groups.</summary>
    private static void FillEmpty(GroupPlacement state, int[][] members, IReadOnlyList<SplitPart> used)
    {
        foreach (var part in used)
        {
            var byPart = Enumerable.Range(0, members.Length).ToLookup(state.PartOf);
            if (byPart[part].Any()) continue;
            var smallest = byPart.MaxBy(groups => groups.Count())!.MinBy(g => members[g].Length);
            state.Take(smallest);
            state.Place(smallest, part);
        }
    }
}
