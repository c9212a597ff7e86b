using System.Buffers.Binary;
using System.IO.Compression;

namespace LieConv.Datasets.Readers;

/// <summary>Writer of gzip idx files: makes the embedded sample, and files for tests.</summary>
internal static class IdxWriter
{
    /// <summary>Writes an array to a stream, which stays open.</summary>
    public static void WriteGzip(Stream target, IdxArray array)
    {
        using var gzip = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true);
        Write(gzip, array);
    }

    /// <summary>Writes an array without compression to a stream, which stays open.</summary>
    public static void Write(Stream target, IdxArray array)
    {
        var header = new byte[4 + 4 * array.Shape.Count];
        header[2] = IdxFile.UnsignedByte;
        header[3] = (byte)array.Shape.Count;
        for (var i = 0; i < array.Shape.Count; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), array.Shape[i]);
        target.Write(header);
        target.Write(array.Data);
    }
}
