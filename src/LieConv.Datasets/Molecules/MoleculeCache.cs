using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// A set in a file of its own layout, little endian: the mark, the version, the SHA-256 of the rest; then the key of
/// the source it was made from, counts, target names and the arrays one after another.
/// </summary>
internal static class MoleculeCache
{
    /// <summary>Must change whenever the same source would give other content.</summary>
    private const int Version = 1;

    private const int ChunkBytes = 1 << 20;
    private static ReadOnlySpan<byte> Mark => "LieMols\n"u8;

    /// <summary>Reads a file if it is whole and was made from the source that the key stands for.</summary>
    /// <returns>The set, or null where there is no such file, or it is of another source or version.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static MoleculeSet? TryRead(string path, string key) =>
        File.Exists(path) ? DataFile.Read(path, file => Read(file, path, key)) : null;

    /// <summary>Writes a file; it appears under its name only when it is whole.</summary>
    public static void Write(string path, string key, MoleculeSet set)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = File.Create(temporary))
            {
                file.Write(new byte[HeaderLength]);
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                WriteContent(bytes =>
                {
                    hash.AppendData(bytes);
                    file.Write(bytes);
                }, key, set);
                file.Position = 0;
                file.Write(Header(hash.GetHashAndReset()));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private const int HeaderLength = 8 + 4 + SHA256.HashSizeInBytes;

    private delegate void Sink(ReadOnlySpan<byte> bytes);

    private static byte[] Header(ReadOnlySpan<byte> hash)
    {
        var header = new byte[HeaderLength];
        Mark.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(Mark.Length), Version);
        hash.CopyTo(header.AsSpan(Mark.Length + 4));
        return header;
    }

    private static void WriteContent(Sink write, string key, MoleculeSet set)
    {
        var names = Encoding.UTF8.GetBytes(string.Join('\n', set.TargetNames));
        var source = Encoding.UTF8.GetBytes(key);
        ReadOnlySpan<int> counts =
        [
            source.Length, names.Length, set.Count, set.Charges.Length, set.TargetNames.Count,
            set.Forces is null ? 0 : 1,
        ];
        write(MemoryMarshal.AsBytes(counts));
        write(source);
        write(names);
        Chunks(write, MemoryMarshal.AsBytes<int>(set.Offsets));
        Chunks(write, set.Charges);
        Chunks(write, MemoryMarshal.AsBytes<double>(set.Positions));
        Chunks(write, MemoryMarshal.AsBytes<double>(set.Targets));
        Chunks(write, MemoryMarshal.AsBytes<int>(set.Ids));
        if (set.Forces is not null) Chunks(write, MemoryMarshal.AsBytes<double>(set.Forces));
    }

    private static void Chunks(Sink write, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > ChunkBytes; bytes = bytes[ChunkBytes..]) write(bytes[..ChunkBytes]);
        write(bytes);
    }

    private static MoleculeSet? Read(Stream file, string path, string key)
    {
        var header = new byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
            || !header.AsSpan().StartsWith(Mark))
            throw Damaged(path);
        if (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(Mark.Length)) != Version) return null;
        using var reader = new HashedReader(file, path);
        var counts = reader.Array<int>(6);
        var source = Encoding.UTF8.GetString(reader.Array<byte>(counts[0]));
        if (source != key) return null;
        var names = Encoding.UTF8.GetString(reader.Array<byte>(counts[1]));
        var (count, atoms, targets) = (counts[2], counts[3], counts[4]);
        var offsets = reader.Array<int>(count + 1L);
        var charges = reader.Array<byte>(atoms);
        var positions = reader.Array<double>(3L * atoms);
        var values = reader.Array<double>((long)count * targets);
        var ids = reader.Array<int>(count);
        var forces = counts[5] == 0 ? null : reader.Array<double>(3L * atoms);
        if (!reader.Hash().SequenceEqual(header.AsSpan(Mark.Length + 4))) throw Damaged(path);
        return new MoleculeSet(
            offsets, charges, positions, targets == 0 ? [] : names.Split('\n'), values, ids, forces);
    }

    private static InvalidDataException Damaged(string path) =>
        new($"{path}: is damaged: its checksum is not that of its content.");

    /// <summary>Reads arrays and remembers the hash of all that was read.</summary>
    private sealed class HashedReader(Stream file, string path) : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public T[] Array<T>(long length)
            where T : unmanaged
        {
            // A damaged count must not ask for more memory than the file could fill.
            if (length < 0 || length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>() > file.Length - file.Position)
                throw Damaged(path);
            var array = new T[length];
            var bytes = MemoryMarshal.AsBytes(array.AsSpan());
            for (; !bytes.IsEmpty; bytes = bytes[Math.Min(ChunkBytes, bytes.Length)..])
            {
                var chunk = bytes[..Math.Min(ChunkBytes, bytes.Length)];
                file.ReadExactly(chunk);
                _hash.AppendData(chunk);
            }

            return array;
        }

        public ReadOnlySpan<byte> Hash() => file.Position == file.Length ? _hash.GetHashAndReset() : default;

        public void Dispose() => _hash.Dispose();
    }
}
