namespace LieConv.Datasets.Points;

/// <summary>Sets of points with values and targets, behind a file; reading is thread-safe.</summary>
public sealed class PointSets : IDisposable
{
    /// <summary>What the columns mean.</summary>
    public PointSchema Schema => throw new NotImplementedException();

    /// <summary>Number of sets.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>Points of all sets together.</summary>
    public long TotalPoints => throw new NotImplementedException();

    /// <summary>Points of the largest set.</summary>
    public int LargestSize => throw new NotImplementedException();

    /// <summary>SHA-256 of the content (schema, ids, points, values, targets, groups, splits), whatever the format.</summary>
    public string Fingerprint => throw new NotImplementedException();

    /// <summary>For people: "10,000 sets of 100 points (x, y) with 2 values from shapes.csv".</summary>
    public string Description => throw new NotImplementedException();

    /// <summary>Name of a set.</summary>
    public string IdOf(int set) => throw new NotImplementedException();

    /// <summary>Points of a set.</summary>
    public int SizeOf(int set) => throw new NotImplementedException();

    /// <summary>Group of a set, or null where there is no such column.</summary>
    public string? GroupOf(int set) => throw new NotImplementedException();

    /// <summary>Part of the split that a column names for a set, or null where there is no such column.</summary>
    public string? SplitOf(int set) => throw new NotImplementedException();

    /// <summary>Where a set begins: "shapes.csv, line 12".</summary>
    public string PlaceOf(int set) => throw new NotImplementedException();

    /// <summary>Copies the coordinates of a set's n points, row-major (n, D).</summary>
    public void CopyPositions(int set, Span<double> to) => throw new NotImplementedException();

    /// <summary>Copies the values of a set's n points, categories one-hot, row-major (n, Channels).</summary>
    public void CopyValues(int set, Span<double> to) => throw new NotImplementedException();

    /// <summary>A target of a set: the number of its class, or the number.</summary>
    public double TargetOf(int set, int target) => throw new NotImplementedException();

    /// <summary>Copies a target of each of a set's n points; one of the set is repeated.</summary>
    public void CopyTargets(int set, int target, Span<double> to) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
