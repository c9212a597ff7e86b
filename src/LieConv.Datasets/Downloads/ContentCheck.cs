using System.IO.Compression;
using System.Security.Cryptography;

namespace LieConv.Datasets.Downloads;

/// <summary>Compares a file, plain or gzip, with what it should contain.</summary>
internal static class ContentCheck
{
    /// <summary>Checks length and hash of the (decompressed) content.</summary>
    /// <returns>Null if they are right, else what is wrong, as the end of a sentence.</returns>
    public static string? Fault(string path, RemoteFile expected)
    {
        using var file = File.OpenRead(path);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (!isGzip) return Fault(file, expected);
        try
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            return Fault(gzip, expected);
        }
        catch (InvalidDataException)
        {
            return "its gzip data are damaged";
        }
    }

    // Stops one byte after the right length: a small file that expands without end is not followed.
    private static string? Fault(Stream content, RemoteFile expected)
    {
        using var hash = IncrementalHash.CreateHash(expected.Algorithm);
        var buffer = new byte[1 << 16];
        var length = 0L;
        for (int got; (got = content.Read(buffer)) > 0;)
        {
            length += got;
            if (length > expected.ContentLength) return $"it is longer than {expected.ContentLength} bytes";
            hash.AppendData(buffer, 0, got);
        }

        if (length < expected.ContentLength)
            return $"it ends after {length} of {expected.ContentLength} bytes";
        var actual = Convert.ToHexStringLower(hash.GetHashAndReset());
        return actual == expected.ContentHash
            ? null
            : $"its {NameOf(expected.Algorithm)} is {actual} instead of {expected.ContentHash}";
    }

    private static string NameOf(HashAlgorithmName algorithm) =>
        algorithm == HashAlgorithmName.SHA256 ? "SHA-256" : algorithm.Name ?? "hash";
}
