using System.Globalization;

namespace LieConv.Training.Preparation;

/// <summary>Takes validation sets out of the training sets, where data come in a training and a test part only.</summary>
public static class HeldOutValidation
{
    /// <summary>Moves some training sets to validation, of each class alike and with whole groups; a split that has
    /// validation sets stays as it is. The same on every platform.</summary>
    /// <remarks>A class of one training set stays in training: it can be learnt only there.</remarks>
    /// <param name="split">The split, with training sets.</param>
    /// <param name="strata">The kinds of all sets.</param>
    /// <param name="groups">The group of each set, which must not be torn apart; null for none.</param>
    /// <param name="fractions">Of training and validation together, validation gets its fraction; none where that is
    /// 0.</param>
    /// <param name="seed">Another seed, other sets.</param>
    /// <exception cref="ArgumentException">If the fractions are wrong: one sentence.</exception>
    public static SetSplit Take(
        SetSplit split, SetStrata strata, IReadOnlyList<string>? groups, SplitFractions fractions, long seed)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(strata);
        ArgumentNullException.ThrowIfNull(fractions);
        if (fractions.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
        if (fractions.Validation == 0 || split.CountOf(SplitPart.Validation) > 0) return split;
        var share = fractions.Validation / (fractions.Training + fractions.Validation);
        var training = split.SetsOf(SplitPart.Training);
        var free = groups is null && strata.AreClasses
            ? [.. training.GroupBy(set => strata.Of[set]).Where(own => own.Count() > 1).SelectMany(own => own).Order()]
            : training;
        var pieces = groups is null ? free.Length : free.Select(set => groups[set]).Distinct().Count();
        if (pieces < 2)
            return split with
            {
                Notes = [.. split.Notes, "There are too few training sets to hold some back for validation."],
            };
        var kinds = strata with { Of = [.. free.Select(set => strata.Of[set])] };
        var own = new SplitFractions(1 - share, share, 0);
        var taken = groups is null
            ? StratifiedSplit.Create(kinds, own, seed)
            : GroupedSplit.Create([.. free.Select(set => groups[set])], kinds, own, seed);
        SplitPart[] parts = [.. split.Parts];
        foreach (var (place, set) in free.Index()) parts[set] = taken.Parts[place];
        return split with
        {
            Parts = parts,
            Method = string.Create(CultureInfo.InvariantCulture,
                $"{split.Method}, {100 * share:0.##} % of training held back for validation, seed {seed}"),
        };
    }
}
