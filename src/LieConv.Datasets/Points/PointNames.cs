using System.Globalization;

namespace LieConv.Datasets.Points;

/// <summary>Finds columns by their names.</summary>
internal static class PointNames
{
    private static readonly string[] Prefixes =
        ["x", "pos", "position", "positions", "coord", "coords", "coordinate", "coordinates", "point", "points", "p",
            "xyz", "r"];

    private static readonly string[] Separators = ["", "_", "."];
    private static readonly string[] Axes = ["x", "y", "z"];

    private static readonly string[] Ids =
    [
        "set", "set_id", "setid", "sample", "sample_id", "cloud", "cloud_id", "shape_id", "object", "object_id",
        "molecule_id", "graph", "graph_id", "id",
    ];

    private static readonly string[] ClassTargets = ["label", "labels", "class", "target_class", "category"];
    private static readonly string[] Targets = ["target", "targets", "y"];
    private static readonly string[] TargetPrefixes = ["y_", "target_", "label_", "class_"];

    private static readonly string[] Counters =
    [
        "", "index", "idx", "row", "line", "point", "point_id", "pointid", "point_index", "vertex", "vertex_id", "node",
        "node_id", "atom_index", "unnamed: 0",
    ];

    /// <summary>How coordinates are recognised, for messages.</summary>
    public const string CoordinateNames = "x, y, z; x1, x2, ...; pos_x, pos_y, ...";

    /// <summary>How targets are recognised, for messages.</summary>
    public const string TargetNames = "label, class, target, y, y_..., target_...";

    /// <summary>Names in an option, parted by commas.</summary>
    public static string[] Parse(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The columns that a name means: itself, whatever its capitals, or its numbered parts NAME_1, NAME_2, ...
    /// </summary>
    /// <returns>None where there is no such column.</returns>
    public static IReadOnlyList<string> Expand(string name, IReadOnlyList<string> columns)
    {
        if (Find(name, columns) is { } column) return [column];
        var parts = Numbered(name + "_", 1, columns);
        return parts.Count > 0 ? parts : Numbered(name + "_", 0, columns);
    }

    /// <summary>The column of a name, whatever its capitals, or null.</summary>
    public static string? Find(string name, IReadOnlyList<string> columns) =>
        columns.FirstOrDefault(column => column == name)
        ?? columns.FirstOrDefault(column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The columns that are named like coordinates; none where there are none.</summary>
    public static IReadOnlyList<string> Coordinates(IReadOnlyList<string> columns)
    {
        var plain = Run("", columns);
        if (plain.Count > 0) return plain;
        foreach (var prefix in Prefixes)
            foreach (var separator in Separators)
            {
                if (Run(prefix + separator, columns) is { Count: > 0 } named) return named;
                if (Numbered(prefix + separator, 1, columns) is { Count: > 0 } fromOne)
                    return Numbered(prefix + separator, 0, columns) is { Count: > 0 } fromZero ? fromZero : fromOne;
                if (Numbered(prefix + separator, 0, columns) is { Count: > 1 } zero) return zero;
            }

        return [];
    }

    /// <summary>The column that is named like one of sets, or null.</summary>
    public static string? Id(IReadOnlyList<string> columns) =>
        Ids.Select(name => Find(name, columns)).FirstOrDefault(name => name is not null);

    /// <summary>Whether a column is named like a target.</summary>
    public static bool IsTarget(string column) => IsNamedClass(column)
        || Targets.Contains(column, StringComparer.OrdinalIgnoreCase)
        || TargetPrefixes.Any(prefix => column.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a column is named like one of classes.</summary>
    public static bool IsNamedClass(string column) => ClassTargets.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a column only counts or names rows, and so is no value.</summary>
    public static bool IsCounter(string column) => Counters.Contains(column, StringComparer.OrdinalIgnoreCase)
        || Ids.Contains(column, StringComparer.OrdinalIgnoreCase);

    private static List<string> Run(string prefix, IReadOnlyList<string> columns)
    {
        var found = new List<string>();
        foreach (var axis in Axes)
            if (Find(prefix + axis, columns) is { } column) found.Add(column);
            else break;
        return found;
    }

    private static List<string> Numbered(string prefix, int first, IReadOnlyList<string> columns)
    {
        var found = new List<string>();
        while (Find(prefix + (first + found.Count).ToString(CultureInfo.InvariantCulture), columns) is { } column)
            found.Add(column);
        return found;
    }
}
