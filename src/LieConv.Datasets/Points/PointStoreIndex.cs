using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace LieConv.Datasets.Points;

/// <summary>The part of a file of sets that is held in memory: all but the points.</summary>
internal sealed class PointStoreIndex
{
    /// <summary>What the file says of itself.</summary>
    public required PointStoreHead Head { get; init; }

    /// <summary>Points of each set.</summary>
    public required int[] Sizes { get; init; }

    /// <summary>Checksum of each set's block.</summary>
    public required ulong[] Hashes { get; init; }

    /// <summary>File of each set.</summary>
    public required int[] Files { get; init; }

    /// <summary>Line or row where each set begins; 0 for the file's start.</summary>
    public required long[] Numbers { get; init; }

    /// <summary>Group of each set; -1 for none.</summary>
    public required int[] Groups { get; init; }

    /// <summary>Part of each set; -1 for none.</summary>
    public required int[] Splits { get; init; }

    /// <summary>Targets of sets, set by set.</summary>
    public required double[] Targets { get; init; }

    /// <summary>Where each name begins among <see cref="Ids"/>, and where the last one ends.</summary>
    public required long[] IdStarts { get; init; }

    /// <summary>Names of sets in UTF-8, one after another.</summary>
    public required byte[] Ids { get; init; }

    /// <summary>Writes it, little endian.</summary>
    public void Write(Stream stream)
    {
        Put<byte>(stream, JsonSerializer.SerializeToUtf8Bytes(Head));
        Put<int>(stream, Sizes);
        Put<ulong>(stream, Hashes);
        Put<int>(stream, Files);
        Put<long>(stream, Numbers);
        Put<int>(stream, Groups);
        Put<int>(stream, Splits);
        Put<double>(stream, Targets);
        Put<long>(stream, IdStarts);
        Put<byte>(stream, Ids);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, whose checksum was right.</summary>
    public static PointStoreIndex Read(Stream stream) => new()
    {
        Head = JsonSerializer.Deserialize<PointStoreHead>(Take<byte>(stream))
            ?? throw new InvalidDataException("the description is empty"),
        Sizes = Take<int>(stream),
        Hashes = Take<ulong>(stream),
        Files = Take<int>(stream),
        Numbers = Take<long>(stream),
        Groups = Take<int>(stream),
        Splits = Take<int>(stream),
        Targets = Take<double>(stream),
        IdStarts = Take<long>(stream),
        Ids = Take<byte>(stream),
    };

    /// <summary>Name of a set.</summary>
    public string IdOf(int set) =>
        Encoding.UTF8.GetString(Ids, (int)IdStarts[set], (int)(IdStarts[set + 1] - IdStarts[set]));

    private static void Put<T>(Stream stream, ReadOnlySpan<T> items)
        where T : unmanaged
    {
        stream.Write(BitConverter.GetBytes((long)items.Length));
        stream.Write(MemoryMarshal.AsBytes(items));
    }

    private static T[] Take<T>(Stream stream)
        where T : unmanaged
    {
        var length = new byte[sizeof(long)];
        stream.ReadExactly(length);
        var items = new T[BitConverter.ToInt64(length)];
        stream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }
}
