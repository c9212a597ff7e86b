using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>What sets of points and their columns are, in words.</summary>
internal static class PointSpeech
{
    /// <summary>"10,000 sets of 100 points (x, y) with 2 values from shapes.csv".</summary>
    public static string Describe(PointSchema schema, IReadOnlyList<int> sizes, string source)
    {
        var (least, most) = sizes.Count == 0 ? (0, 0) : (sizes.Min(), sizes.Max());
        var points = least == most ? FormattableString.Invariant($"{most:N0}")
            : FormattableString.Invariant($"{least:N0} to {most:N0}");
        return FormattableString.Invariant($"{sizes.Count:N0} {(sizes.Count == 1 ? "set" : "sets")} of {points} ") +
            $"{(most == 1 ? "point" : "points")} ({Names(schema.Coordinates)}) with " + schema.Values.Count switch
            {
                0 => "no values",
                1 => "1 value",
                var count => $"{count} values",
            } + $" from {Path.GetFileName(Path.TrimEndingDirectorySeparator(source))}";
    }

    /// <summary>What the columns were taken for, in one line.</summary>
    public static string Explain(PointPlan plan, PointSchema schema, bool isFolder)
    {
        var parts = new List<string>
        {
            $"coordinates {Names(schema.Coordinates)}",
            schema.Values.Count == 0 ? "no values" : "values " + PointPlanner.Listed([.. schema.Values.Select(value =>
                Shown(value.Name) + (value.Categories.Count == 0 ? "" : $" ({value.Categories.Count} categories)"))]),
            plan.Id is { } id ? $"sets by {Shown(id)}" : isFolder ? "a set a file" : "sets as they are in the file",
            schema.Targets.Count == 0 ? "no target" : "target " + string.Join(", ", schema.Targets.Select(Describe)),
        };
        if (plan.Group is { } group) parts.Add($"groups by {Shown(group)}");
        if (plan.Split is { } split) parts.Add($"parts by {Shown(split)}");
        if (plan.LeftOut.Count > 0) parts.Add($"not used: {PointPlanner.Listed(plan.LeftOut)}");
        return $"Columns: {string.Join("; ", parts)}.";
    }

    private static string Describe(PointTarget target)
    {
        const int Most = 8;
        var of = target.OfPoints ? "of each point" : "of the set";
        if (target.Kind == PointTargetKind.Number) return $"{Shown(target.Name)} (a number {of})";
        var classes = Names([.. target.Classes.Take(Most)]) + (target.Classes.Count > Most ? ", ..." : "");
        return $"{Shown(target.Name)} (a class {of}, one of {target.Classes.Count}: {classes})";
    }

    private static string Names(IReadOnlyList<string> names) => string.Join(", ", names.Select(Shown));

    private static string Shown(string name) => PrintableText.Shortened(name);
}
