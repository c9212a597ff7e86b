namespace LieConv.Training.Preparation;

/// <summary>Parts sets as a column of the data says.</summary>
public static class ColumnSplit
{
    private static readonly (SplitPart Part, string[] Names)[] Spellings =
    [
        (SplitPart.Training, ["train", "training", "trn", "learn", "fit"]),
        (SplitPart.Validation, ["validation", "valid", "val", "dev", "development"]),
        (SplitPart.Test, ["test", "testing", "tst", "holdout", "hold-out", "eval", "evaluation"]),
    ];

    /// <summary>The part that a text names, whatever its case and the blanks around it; null for none.</summary>
    public static SplitPart? Find(string? text)
    {
        var name = text?.Trim();
        foreach (var (part, names) in Spellings)
            if (names.Contains(name, StringComparer.OrdinalIgnoreCase)) return part;
        return null;
    }

    /// <summary>Parts the sets.</summary>
    /// <param name="column">Name of the column, for messages.</param>
    /// <param name="values">What it says of each set; null for nothing.</param>
    /// <param name="nameOf">What a message calls a set, such as its place in a file; null for its number from 1.</param>
    /// <param name="strata">The classes, for notes on those that no training set has; null for none.</param>
    /// <param name="groups">The group of each set, which must not be torn apart; null for none.</param>
    /// <exception cref="InvalidDataException">If a value names no part, no set is for training, or a group is in two
    /// parts: one sentence that names it.</exception>
    public static SetSplit Create(
        string column, IReadOnlyList<string?> values, Func<int, string>? nameOf = null, SetStrata? strata = null,
        IReadOnlyList<string>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        nameOf ??= set => FormattableString.Invariant($"set {set + 1}");
        var parts = new SplitPart[values.Count];
        for (var set = 0; set < parts.Length; set++)
            parts[set] = Find(values[set]) ?? throw new InvalidDataException(
                $"{nameOf(set)}: {column} {(string.IsNullOrWhiteSpace(values[set]) ? "is empty" : $"is '{values[set]}'")}; " +
                "expected train, validation or test.");
        if (!parts.Contains(SplitPart.Training))
            throw new InvalidDataException($"The column {column} names no set for training; expected train for some.");
        if (groups is not null) RefuseTorn(column, parts, groups, nameOf);
        return new SetSplit(
            parts, $"by the column {column}", strata is null ? [] : GroupedSplit.Notes(strata, parts));
    }

    private static void RefuseTorn(
        string column, SplitPart[] parts, IReadOnlyList<string> groups, Func<int, string> nameOf)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var set = 0; set < parts.Length; set++)
            if (!first.TryAdd(groups[set], set) && parts[first[groups[set]]] != parts[set])
                throw new InvalidDataException(
                    $"{nameOf(set)}: the column {column} tears the group '{groups[set]}' apart: " +
                    $"{SplitFile.NameOf(parts[set])} here, {SplitFile.NameOf(parts[first[groups[set]]])} at " +
                    $"{nameOf(first[groups[set]])}; expected one part for a group.");
    }
}
