using System.Buffers.Binary;
using System.Text;

namespace LieConv.Datasets.Pictures;

/// <summary>What is wrong with a file that begins as a picture and cannot be decoded, which the decoder does not say: read
/// from the headers themselves. All are ends of sentences.</summary>
internal static class PictureFaults
{
    private const string CutHeader = "ends inside its header";
    private const string Senseless = "is damaged: its header makes no sense";
    private const int MostSide = int.MaxValue;

    /// <summary>Sizes of the header that follows a BMP's first 14 bytes, by version.</summary>
    private static readonly uint[] BmpHeaders = [12, 16, 40, 52, 56, 64, 108, 124];

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>What is said of a picture of too many pixels.</summary>
    public static string TooLarge(long width, long height) => FormattableString.Invariant(
        $"has {width} x {height} pixels; expected at most {PictureFile.MostPixels / 1_000_000} million");

    /// <summary>What is wrong with the header; null where the file does not begin as a PNG, JPEG or BMP.</summary>
    public static string? OfHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(PngSignature) || PngSignature.StartsWith(bytes)) return Png(bytes);
        if (bytes.StartsWith("BM"u8)) return Bmp(bytes);
        return bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg(bytes) : null;
    }

    /// <summary>The first chunk of a PNG whose content its checksum does not fit; null where there is none.</summary>
    public static string? OfChunks(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(PngSignature)) return null;
        for (long at = PngSignature.Length; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            if (at + 12 + length > bytes.Length) return null;                     // cut short, which is another fault
            var content = bytes.Slice((int)at + 4, (int)length + 4);
            if (Checksum(content) != BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)(at + 8 + length)..]))
                return $"is damaged: the checksum of its part {Name(content[..4])} is not that of its content";
            at += 12 + length;
        }
        return null;
    }

    /// <summary>Chunks of length, type, content and checksum; the first has the size (PNG specification, 5.3).</summary>
    private static string Png(ReadOnlySpan<byte> bytes)
    {
        const int Header = 33;
        if (bytes.Length < Header) return CutHeader;
        if (OfChunks(bytes) is { } fault) return fault;
        if (!bytes[12..16].SequenceEqual("IHDR"u8))
            return $"is damaged: it begins with a part {Name(bytes[12..16])}, not with IHDR";
        return Size(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]))
            ?? (bytes.IndexOf("IDAT"u8) < 0 ? CutHeader : Senseless);
    }

    /// <summary>14 bytes, and a header whose first number is its size; a negative height is of rows from the top.</summary>
    private static string? Bmp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 18) return CutHeader;
        var header = BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]);
        if (!BmpHeaders.Contains(header)) return null;
        if (bytes.Length < 14 + header) return CutHeader;
        var (width, height) = header == 12
            ? (BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[20..]))
            : ((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]),
                Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..])));
        return Size(width, height) ?? "is damaged, or a BMP of a kind that is not read";
    }

    /// <summary>Segments of a marker and a length; those from C0 to CF but C4, C8 and CC have the size, and pixels follow DA
    /// (ITU-T T.81, B.2).</summary>
    private static string Jpeg(ReadOnlySpan<byte> bytes)
    {
        const byte Pixels = 0xDA;
        var at = 2;
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF && bytes[at + 1] != Pixels)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;                                                             // markers may be filled up
                continue;
            }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && at + 9 <= bytes.Length &&
                Size(BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..])) is { } fault) return fault;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }
        return at + 4 > bytes.Length || at + 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]) > bytes.Length
            ? CutHeader
            : Senseless;
    }

    /// <summary>What is wrong with a size; null where nothing is.</summary>
    private static string? Size(long width, long height)
    {
        if (width < 1 || height < 1 || width > MostSide || height > MostSide)
            return FormattableString.Invariant($"says that it has {width} x {height} pixels, which no picture can have");
        return width * height > PictureFile.MostPixels ? TooLarge(width, height) : null;
    }

    private static string Name(ReadOnlySpan<byte> type) =>
        type.ContainsAnyExceptInRange((byte)'A', (byte)'z') ? "without a name" : Encoding.ASCII.GetString(type);

    /// <summary>CRC-32 of ISO 3309, as PNG has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
