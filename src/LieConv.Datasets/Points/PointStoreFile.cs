using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace LieConv.Datasets.Points;

/// <summary>
/// An open file of sets. Blocks are read where they are asked for and not mapped into memory: a limit of the address
/// space is then no limit of the data, and a file that is cut short is a fault that can be said.
/// </summary>
internal sealed class PointStoreFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly long[] _places;
    private readonly bool[] _verified;

    private PointStoreFile(SafeFileHandle file, string path, PointStoreIndex index)
    {
        (_file, _path, Index) = (file, path, index);
        _places = new long[index.Head.Count + 1];
        _places[0] = PointStoreWriter.HeaderLength;
        var rowBytes = index.Head.Widths.Sum();
        for (var set = 0; set < index.Head.Count; set++)
            _places[set + 1] = _places[set] + (long)index.Sizes[set] * rowBytes;
        _verified = new bool[index.Head.Count];
    }

    /// <summary>All but the points.</summary>
    public PointStoreIndex Index { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isTemporary">Whether it is deleted when it is closed.</param>
    /// <returns>Null where it is of another version.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or cannot be read.</exception>
    public static PointStoreFile? TryOpen(string path, bool isTemporary)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete,
                isTemporary ? FileOptions.DeleteOnClose : FileOptions.None);
            var header = new byte[PointStoreWriter.HeaderLength];
            if (RandomAccess.Read(file, header, 0) < header.Length || !header.AsSpan()
                .StartsWith(PointStoreWriter.Mark))
                throw Damaged(path);
            PointStoreFile? opened = null;
            if (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)) == PointStoreWriter.Version)
                opened = new PointStoreFile(file, path, ReadIndex(file, path, header));
            if (opened is not null) file = null;
            return opened;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: cannot be read: {fault.Message}", fault);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Copies a part of a set's block.</summary>
    /// <param name="set">The set.</param>
    /// <param name="start">Bytes of the block before it.</param>
    /// <param name="bytes">Takes it.</param>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public void Read(int set, int start, Span<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_file.IsClosed, this);
        if (!_verified[set])
        {
            var block = GC.AllocateUninitializedArray<byte>((int)(_places[set + 1] - _places[set]));
            ReadExactly(block, _places[set]);
            if (PointHash.Compute(block) != Index.Hashes[set]) throw Damaged(_path);
            _verified[set] = true;
            block.AsSpan(start, bytes.Length).CopyTo(bytes);
        }
        else ReadExactly(bytes, _places[set] + start);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static PointStoreIndex ReadIndex(SafeFileHandle file, string path, byte[] header)
    {
        var place = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16));
        var length = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(24));
        if (place < PointStoreWriter.HeaderLength || length < 0 || RandomAccess.GetLength(file) - length != place
            || length > Array.MaxLength) throw Damaged(path);
        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        for (var got = 0; got < bytes.Length;)
        {
            var some = RandomAccess.Read(file, bytes.AsSpan(got), place + got);
            if (some == 0) throw Damaged(path);
            got += some;
        }

        if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(header.AsSpan(32))) throw Damaged(path);
        return PointStoreIndex.Read(new MemoryStream(bytes));
    }

    private void ReadExactly(Span<byte> bytes, long place)
    {
        for (var got = 0; got < bytes.Length;)
        {
            var some = RandomAccess.Read(_file, bytes[got..], place + got);
            if (some == 0) throw Damaged(_path);
            got += some;
        }
    }

    private static InvalidDataException Damaged(string path) =>
        new($"{path}: is damaged: its checksum is not that of its content; delete it, it is made again.");
}
