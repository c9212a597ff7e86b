namespace LieConv.Datasets.Points;

/// <summary>What the columns of files are to be taken for, before their cells are seen.</summary>
internal sealed record PointPlan
{
    /// <summary>Columns of coordinates.</summary>
    public required IReadOnlyList<string> Coordinates { get; init; }

    /// <summary>Columns of values.</summary>
    public required IReadOnlyList<PlannedColumn> Values { get; init; }

    /// <summary>Columns of targets.</summary>
    public required IReadOnlyList<PlannedColumn> Targets { get; init; }

    /// <summary>Column of the sets' names; null where a file is a set, or says where each begins.</summary>
    public string? Id { get; init; }

    /// <summary>Column of groups, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Column of the split's parts, or null.</summary>
    public string? Split { get; init; }

    /// <summary>Columns that are not used.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Whether the coordinates were guessed: then each file must have as many.</summary>
    public bool AreCoordinatesGuessed { get; init; }

    /// <summary>Whether a file may lack the targets, and a set with a fault is left out.</summary>
    public bool IsForPrediction { get; init; }
}
