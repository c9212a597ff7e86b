using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LieConv.Datasets.Points;

/// <summary>
/// Writes a file of sets, little endian: the mark, the version, place, length and SHA-256 of the index; the block of
/// each set, its columns one after another in single or double precision; the index. Rows of a set need not have come
/// one after another: as many sets as fit a window are gathered at a time.
/// </summary>
internal sealed class PointStoreWriter
{
    /// <summary>Must change whenever the same source would give other content.</summary>
    public const int Version = 1;

    /// <summary>Bytes before the first block.</summary>
    public const int HeaderLength = 64;

    // Rows in any order ask for one reading of all of them per window: at most so many.
    private const long SmallestWindow = 1 << 26;
    private const long LargestWindow = 1 << 29;
    private const int MostReadings = 16;

    private readonly PointSpool _spool;
    private readonly PointSetList _sets;
    private readonly PointSchema _schema;
    private readonly PointCode?[] _codes; // of the columns of the spool
    private readonly int[] _columns; // of the spool, in the order of a block
    private readonly int[] _widths;
    private readonly int _rowBytes;

    /// <summary>Prepares.</summary>
    /// <param name="spool">All rows, complete.</param>
    /// <param name="sets">The sets they belong to.</param>
    /// <param name="schema">What they mean.</param>
    /// <param name="columns">The spool's column of each coordinate, value and target of points.</param>
    /// <param name="codes">What raw cells stand for, for each of these; null where they are kept.</param>
    public PointStoreWriter(
        PointSpool spool, PointSetList sets, PointSchema schema, int[] columns, IReadOnlyList<PointCode?> codes)
    {
        (_spool, _sets, _schema, _columns) = (spool, sets, schema, columns);
        _codes = new PointCode?[spool.Columns];
        for (var c = 0; c < columns.Length; c++) _codes[columns[c]] = codes[c];
        _widths = [.. columns.Select((column, c) =>
            codes[c] is not null || spool.IsSingle(column) ? sizeof(float) : sizeof(double))];
        _rowBytes = _widths.Sum();
    }

    public static ReadOnlySpan<byte> Mark => "LiePnts\n"u8;

    /// <summary>Writes all.</summary>
    /// <param name="stream">A new file.</param>
    /// <param name="targets">Targets of sets, set by set.</param>
    /// <param name="key">What the sets were made from.</param>
    /// <param name="description">For people.</param>
    /// <param name="notes">Lines that were logged.</param>
    public void Write(Stream stream, double[] targets, string key, string description, IReadOnlyList<string> notes)
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hashes = new ulong[_sets.Count];
        stream.Write(new byte[HeaderLength]);
        WriteBlocks(stream, hashes);
        var indexPlace = stream.Position;
        var index = Index(hashes, targets, content, key, description, notes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        index.Write(new HashedStream(stream, hash));
        var header = new byte[HeaderLength];
        Mark.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), indexPlace);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), stream.Position - indexPlace);
        hash.GetHashAndReset().CopyTo(header, 32);
        stream.Position = 0;
        stream.Write(header);
    }

    private void WriteBlocks(Stream stream, ulong[] hashes)
    {
        var total = _spool.Count * _rowBytes;
        var window = Math.Clamp(total / MostReadings, SmallestWindow, LargestWindow);
        var (cells, rows) = (new double[Math.Max(1, _spool.Columns) * PointSpool.Portion], new int[PointSpool.Portion]);
        byte[] buffer = [];
        for (var first = 0; first < _sets.Count;)
        {
            var (last, bytes) = (first, 0L);
            while (last < _sets.Count && (last == first || bytes + (long)_sets.Sizes[last] * _rowBytes <= window))
                bytes += (long)_sets.Sizes[last++] * _rowBytes;
            if (buffer.Length < bytes) buffer = GC.AllocateUninitializedArray<byte>((int)bytes);
            Gather(first, last, buffer, cells, rows);
            var place = 0;
            for (var set = first; set < last; set++)
            {
                var block = buffer.AsSpan(place, _sets.Sizes[set] * _rowBytes);
                hashes[set] = PointHash.Compute(block);
                place += block.Length;
            }

            stream.Write(buffer.AsSpan(0, place));
            first = last;
        }
    }

    /// <summary>Gathers the rows of the sets from first to before last.</summary>
    private void Gather(int first, int last, byte[] buffer, double[] cells, int[] rows)
    {
        var starts = new int[last - first];
        for (int set = first, place = 0; set < last; place += _sets.Sizes[set++] * _rowBytes) starts[
            set - first] = place;
        var filled = new int[last - first];
        for (var portion = 0; portion < _spool.Ranges.Count; portion++)
        {
            var (from, to) = _spool.Ranges[portion];
            if (to < first || from >= last) continue;
            var count = _spool.Read(portion, cells, rows);
            for (var c = 0; c < _spool.Columns; c++)
                _codes[c]?.Apply(cells.AsSpan(c * PointSpool.Portion, count), (long)portion * PointSpool.Portion);
            for (int start = 0, end; start < count; start = end)
            {
                var set = rows[start];
                for (end = start + 1; end < count && rows[end] == set;) end++;
                if (set < first || set >= last) continue;
                Place(cells, start, end - start, buffer.AsSpan(
                    starts[set - first], _sets.Sizes[set] * _rowBytes), _sets.Sizes[set], filled[set - first]);
                filled[set - first] += end - start;
            }
        }
    }

    /// <summary>Puts rows into the block of their set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(double[] cells, int start, int count, Span<byte> block, int size, int filled)
    {
        var place = 0;
        for (var c = 0; c < _columns.Length; c++)
        {
            var from = cells.AsSpan(_columns[c] * PointSpool.Portion + start, count);
            if (_widths[c] == sizeof(double))
                from.CopyTo(MemoryMarshal.Cast<byte, double>(block.Slice(place + filled * 8, count * 8)));
            else
            {
                var to = MemoryMarshal.Cast<byte, float>(block.Slice(place + filled * 4, count * 4));
                for (var i = 0; i < count; i++) to[i] = (float)from[i];
            }

            place += size * _widths[c];
        }
    }

    private PointStoreIndex Index(
        ulong[] hashes, double[] targets, IncrementalHash content, string key, string description,
        IReadOnlyList<string> notes)
    {
        var starts = new long[_sets.Count + 1];
        using var ids = new MemoryStream();
        for (var set = 0; set < _sets.Count; set++)
        {
            ids.Write(Encoding.UTF8.GetBytes(_sets.Ids[set]));
            starts[set + 1] = ids.Position;
        }

        int[] sizes = [.. _sets.Sizes], groups = [.. _sets.Groups], splits = [.. _sets.Splits];
        content.AppendData(JsonSerializer.SerializeToUtf8Bytes(
            new { Version, _schema, Groups = _sets.GroupNames.All, Splits = _sets.SplitNames.All }));
        content.AppendData(MemoryMarshal.AsBytes<int>(_widths));
        content.AppendData(MemoryMarshal.AsBytes<ulong>(hashes));
        content.AppendData(MemoryMarshal.AsBytes<int>(sizes));
        content.AppendData(MemoryMarshal.AsBytes<int>(groups));
        content.AppendData(MemoryMarshal.AsBytes<int>(splits));
        content.AppendData(MemoryMarshal.AsBytes<double>(targets));
        content.AppendData(MemoryMarshal.AsBytes<long>(starts));
        content.AppendData(ids.GetBuffer().AsSpan(0, (int)ids.Length));
        var fingerprint = Convert.ToHexStringLower(content.GetHashAndReset());
        return new PointStoreIndex
        {
            Head = new PointStoreHead(key, _schema, _widths, _sets.Count, fingerprint, description, notes, _sets.Places,
                _sets.GroupNames.All, _sets.SplitNames.All),
            Sizes = sizes, Hashes = hashes, Files = [.. _sets.Files], Numbers = [.. _sets.Numbers], Groups = groups,
            Splits = splits, Targets = targets, IdStarts = starts, Ids = ids.ToArray(),
        };
    }
}
