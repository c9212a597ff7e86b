using System.Buffers;
using System.Runtime.InteropServices;

namespace LieConv.Datasets.Points;

/// <summary>
/// Sets of points with values and targets, in a file from which a set is read when it is asked for: memory holds names,
/// sizes and targets of sets only. Reading is thread-safe.
/// </summary>
public sealed class PointSets : IDisposable
{
    private readonly PointStoreFile _file;
    private readonly int[] _setTargets; // place of each target among those of sets; -1 for those of points
    private readonly int _setTargetCount;

    internal PointSets(PointStoreFile file)
    {
        _file = file;
        var places = 0;
        _setTargets = [.. Schema.Targets.Select(target => target.OfPoints ? -1 : places++)];
        _setTargetCount = places;
        foreach (var size in file.Index.Sizes)
        {
            TotalPoints += size;
            LargestSize = Math.Max(LargestSize, size);
        }
    }

    /// <summary>What the columns mean.</summary>
    public PointSchema Schema => _file.Index.Head.Schema;

    /// <summary>Number of sets.</summary>
    public int Count => _file.Index.Head.Count;

    /// <summary>Points of all sets together.</summary>
    public long TotalPoints { get; }

    /// <summary>Points of the largest set.</summary>
    public int LargestSize { get; }

    /// <summary>SHA-256 of the content (schema, names of sets, points, values, targets, groups, splits), whatever
    /// format it came in.</summary>
    public string Fingerprint => _file.Index.Head.Fingerprint;

    /// <summary>For people: "10,000 sets of 100 points (x, y) with 2 values from shapes.csv".</summary>
    public string Description => _file.Index.Head.Description;

    /// <summary>What was found out when the source was read: the columns' meaning and all else worth a line.</summary>
    public IReadOnlyList<string> Notes => _file.Index.Head.Notes;

    /// <summary>Name of a set.</summary>
    public string IdOf(int set) => _file.Index.IdOf(Checked(set));

    /// <summary>Points of a set, n.</summary>
    public int SizeOf(int set) => _file.Index.Sizes[Checked(set)];

    /// <summary>Group of a set, or null where there is no such column.</summary>
    public string? GroupOf(int set) => _file.Index.Groups[Checked(set)] is >= 0 and var group
        ? _file.Index.Head.Groups[group] : null;

    /// <summary>What the column of parts says of a set, or null where there is no such column.</summary>
    public string? SplitOf(int set) => _file.Index.Splits[Checked(set)] is >= 0 and var split
        ? _file.Index.Head.Splits[split] : null;

    /// <summary>Where a set begins: "shapes.csv, line 12".</summary>
    public string PlaceOf(int set) =>
        PointSetList.Describe(_file.Index.Head.Places[_file.Index.Files[Checked(set)]], _file.Index.Numbers[set]);

    /// <summary>Copies the coordinates of a set's n points, row-major (n, D).</summary>
    /// <exception cref="InvalidDataException">The file was damaged since it was opened.</exception>
    public void CopyPositions(int set, Span<double> to)
    {
        Require(to, (long)SizeOf(set) * Schema.Dimensions, nameof(to));
        CopyColumns(set, 0, Schema.Dimensions, to, Schema.Dimensions);
    }

    /// <summary>Copies the values of a set's n points, categories one-hot, row-major (n, Channels).</summary>
    /// <exception cref="InvalidDataException">The file was damaged since it was opened.</exception>
    public void CopyValues(int set, Span<double> to)
    {
        var (size, channels, first) = (SizeOf(set), Schema.Channels, Schema.Dimensions);
        Require(to, (long)size * channels, nameof(to));
        var channel = 0;
        for (var v = 0; v < Schema.Values.Count; v++)
        {
            var value = Schema.Values[v];
            CopyColumns(set, first + v, 1, to[channel..], channels);
            if (value.Categories.Count > 0)
                for (var i = 0; i < size; i++)
                {
                    var hot = to.Slice(i * channels + channel, value.Channels);
                    var category = (int)hot[0];
                    hot.Clear();
                    hot[category] = 1;
                }

            channel += value.Channels;
        }
    }

    /// <summary>A target of a set: the number of its class, or the number.</summary>
    /// <exception cref="ArgumentException">Every point has one of its own.</exception>
    public double TargetOf(int set, int target)
    {
        var place = _setTargets[target];
        if (place < 0)
            throw new ArgumentException($"Target '{Schema.Targets[target].Name}' is one of each " +
                "point.", nameof(target));
        return _file.Index.Targets[(long)Checked(set) * _setTargetCount + place];
    }

    /// <summary>A target of a set: its one number, or those of its n points where each has one of its own.</summary>
    /// <exception cref="InvalidDataException">The file was damaged since it was opened.</exception>
    public double[] TargetsOf(int set, int target)
    {
        if (_setTargets[target] >= 0) return [TargetOf(set, target)];
        var all = new double[SizeOf(set)];
        CopyTargets(set, target, all);
        return all;
    }

    /// <summary>Copies a target of each of a set's n points; one of the set is repeated.</summary>
    /// <exception cref="InvalidDataException">The file was damaged since it was opened.</exception>
    public void CopyTargets(int set, int target, Span<double> to)
    {
        Require(to, SizeOf(set), nameof(to));
        if (_setTargets[target] >= 0)
        {
            to[..SizeOf(set)].Fill(TargetOf(set, target));
            return;
        }

        var before = Schema.Targets.Take(target).Count(other => other.OfPoints);
        CopyColumns(set, Schema.Dimensions + Schema.Values.Count + before, 1, to, 1);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Copies columns of a block that follow one another, as the first ones of rows of some length.</summary>
    private void CopyColumns(int set, int first, int count, Span<double> to, int rowLength)
    {
        var (size, widths) = (SizeOf(set), _file.Index.Head.Widths);
        var (before, bytes) = (size * widths.AsSpan(0, first).ToArray().Sum(), size * widths.Skip(first).Take(count)
            .Sum());
        if (bytes == 0) return;
        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            var rest = buffer.AsSpan(0, bytes);
            _file.Read(set, before, rest);
            for (var c = 0; c < count; c++)
            {
                var width = widths[first + c];
                var column = rest[..(size * width)];
                if (width == sizeof(double)) Spread(MemoryMarshal.Cast<byte, double>(column), to[c..], rowLength);
                else Spread(MemoryMarshal.Cast<byte, float>(column), to[c..], rowLength);
                rest = rest[column.Length..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Spread(ReadOnlySpan<double> column, Span<double> to, int rowLength)
    {
        for (var i = 0; i < column.Length; i++) to[i * rowLength] = column[i];
    }

    private static void Spread(ReadOnlySpan<float> column, Span<double> to, int rowLength)
    {
        for (var i = 0; i < column.Length; i++) to[i * rowLength] = column[i];
    }

    private int Checked(int set) => (uint)set < (uint)Count
        ? set
        : throw new ArgumentOutOfRangeException(nameof(set), $"Is {set}; expected 0 to {Count - 1}.");

    private static void Require(Span<double> to, long length, string name)
    {
        if (to.Length < length) throw new ArgumentException($"Holds {to.Length} numbers; expected {length}.", name);
    }
}
