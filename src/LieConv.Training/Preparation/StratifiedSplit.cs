using System.Globalization;
using LieConv.Randomness;
using LieConv.Training.Randomness;

namespace LieConv.Training.Preparation;

/// <summary>Parts sets by fractions and a seed, each stratum alike. The same on every platform.</summary>
/// <remarks>
/// The sizes of the parts are those of largest remainders. Of each stratum a part gets its quota rounded down or up: what
/// rounding leaves goes to the parts that lack most, which always fits both (Gale 1957; Ryser 1957). Rounding each
/// stratum by itself would not: of many classes of three sets, all remainders would go to the same part.
/// </remarks>
public static class StratifiedSplit
{
    /// <summary>Parts the sets.</summary>
    /// <param name="strata">The kinds of sets.</param>
    /// <param name="fractions">How much each part gets.</param>
    /// <param name="seed">Another seed, another split.</param>
    /// <param name="nameOf">What a message calls a set; null for its number from 1.</param>
    /// <exception cref="ArgumentException">If the fractions are wrong, there are fewer sets than parts, or a class has one
    /// set only: one sentence that names it.</exception>
    public static SetSplit Create(
        SetStrata strata, SplitFractions fractions, long seed, Func<int, string>? nameOf = null)
    {
        ArgumentNullException.ThrowIfNull(strata);
        ArgumentNullException.ThrowIfNull(fractions);
        if (fractions.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
        var count = strata.Of.Count;
        if (count < fractions.Used.Count)
            throw new ArgumentException(
                $"There are {count} sets; expected at least {fractions.Used.Count}, one for each part of the data.");
        var members = strata.Members();
        if (strata.AreClasses && fractions.Used.Count > 1) RefuseSingle(strata, members, nameOf);
        var numbers = new SplitMix64(new SeedSequence(seed).SeedOf(RandomPurpose.Split, 0));
        var counts = Counts(members, fractions, numbers);
        if (strata.AreClasses) KeepInTraining(counts);
        var parts = new SplitPart[count];
        foreach (var (stratum, own) in members.Index())
        {
            var place = 0;
            var order = numbers.Permutation(own.Count);
            for (var p = 0; p < SplitFractions.Parts; p++)
                for (var i = 0; i < counts[stratum][p]; i++) parts[own[order[place++]]] = (SplitPart)p;
        }
        return new SetSplit(parts, Method(fractions, seed) + (strata.Names.Count > 1 ? ", stratified" : ""), []);
    }

    /// <summary>Such as "70, 15 and 15 %, seed 0".</summary>
    internal static string Method(SplitFractions fractions, long seed) => string.Create(CultureInfo.InvariantCulture,
        $"{100 * fractions.Training:0.##}, {100 * fractions.Validation:0.##} and {100 * fractions.Test:0.##} %, seed {seed}");

    private static void RefuseSingle(SetStrata strata, List<int>[] members, Func<int, string>? nameOf)
    {
        var single = Enumerable.Range(0, members.Length).Where(k => members[k].Count == 1).ToArray();
        if (single.Length == 0) return;
        var set = members[single[0]][0];
        var others = single.Length > 1 ? $", and so have {single.Length - 1} other classes" : "";
        throw new ArgumentException(
            $"The class '{strata.Names[single[0]]}' has one set only ({nameOf?.Invoke(set) ?? $"set {set + 1}"}){others}; " +
            "expected at least two, one to learn from and one to test on.");
    }

    /// <summary>Sets by stratum and part.</summary>
    private static int[][] Counts(List<int>[] members, SplitFractions fractions, SplitMix64 numbers)
    {
        var counts = members.Select(own => Enumerable.Range(0, SplitFractions.Parts)
            .Select(p => fractions.Floor((SplitPart)p, own.Count)).ToArray()).ToArray();
        var lacking = fractions.Shares(members.Sum(own => own.Count));
        foreach (var row in counts)
            for (var p = 0; p < SplitFractions.Parts; p++) lacking[p] -= row[p];
        // In random order: the first strata have the choice among parts that lack equally much.
        foreach (var stratum in numbers.Permutation(members.Length))
        {
            var size = members[stratum].Count;
            var order = Enumerable.Range(0, SplitFractions.Parts).OrderByDescending(p => lacking[p])
                .ThenByDescending(p => fractions.Remainder((SplitPart)p, size)).ThenBy(p => p);
            foreach (var p in order.Take(size - counts[stratum].Sum()))
            {
                counts[stratum][p]++;
                lacking[p]--;
            }
        }
        Balance(counts, lacking);
        return counts;
    }

    /// <summary>Of very few sets a part has one although its quota is below: another part gives it.</summary>
    private static void Balance(int[][] counts, int[] lacking)
    {
        while (lacking.Max() > 0)
        {
            var (to, from) = (Array.IndexOf(lacking, lacking.Max()), Array.IndexOf(lacking, lacking.Min()));
            var row = counts.MaxBy(own => own[from])!;
            row[from]--;
            row[to]++;
            lacking[from]++;
            lacking[to]--;
        }
    }

    /// <summary>A class can be found only where it has been seen: one of two sets and more is for training, in exchange for
    /// one of a class that has several there.</summary>
    private static void KeepInTraining(int[][] counts)
    {
        foreach (var row in counts)
        {
            if (row[0] > 0 || row.Sum() == 0) continue;
            var from = row[1] >= row[2] ? 1 : 2;
            row[from]--;
            row[0]++;
            if (counts.Where(other => other[0] > 1).MaxBy(other => other[0]) is not { } rich) continue;
            rich[0]--;
            rich[from]++;
        }
    }
}
