using System.Text.Json;
using System.Text.Unicode;
using LieConv.Datasets.Readers;

namespace LieConv.Training.Json;

/// <summary>
/// Reads JSON files of users: a byte order mark is obeyed, the length limited, and whatever is wrong with the bytes is
/// one sentence. Every JSON file that this library reads is read here.
/// </summary>
internal static class JsonText
{
    /// <summary>Longest configuration or manifest.</summary>
    public const long SmallBytes = 1 << 24;

    /// <summary>Longest file of data.</summary>
    public const long LargeBytes = 1 << 28;

    /// <summary>The bytes of a file as UTF-8 without a mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">Its longest length.</param>
    /// <exception cref="InvalidDataException">It cannot be read, is too long or no text.</exception>
    public static byte[] Read(string path, long mostBytes = SmallBytes)
    {
        var bytes = DataFile.Read(path, stream => TextFile.Read(stream, path, mostBytes));
        return Utf8.IsValid(bytes)
            ? bytes
            : throw new InvalidDataException($"'{path}' cannot be read: it is not UTF-8 from byte {InvalidFrom(bytes)} on.");
    }

    /// <summary>Runs a reader of a file's bytes.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="read">The reader.</param>
    /// <exception cref="InvalidDataException">The bytes are no such JSON: one sentence.</exception>
    public static T Parse<T>(string path, byte[] bytes, Func<byte[], T> read)
    {
        try
        {
            return read(bytes);
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException(
                $"'{path}' cannot be read: {JsonFault.Describe(failure, bytes.Length)}.", failure);
        }
        catch (InvalidOperationException failure)
        {
            // JSON may spell half of a surrogate pair, which is no text: \ud800.
            throw new InvalidDataException($"'{path}' cannot be read: a text in it is not Unicode.", failure);
        }
    }

    private static int InvalidFrom(ReadOnlySpan<byte> bytes)
    {
        var place = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[place..], out _, out var length) == System.Buffers.OperationStatus.Done)
            place += length;
        return place + 1;
    }
}
