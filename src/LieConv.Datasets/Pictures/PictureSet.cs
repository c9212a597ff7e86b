using System.Security.Cryptography;
using System.Text.Json;
using LieConv.Numerics;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace LieConv.Datasets.Pictures;

/// <summary>Labelled pictures of one size in a file: those of a batch are read when it is asked for, so that memory does
/// not grow with their number.</summary>
internal sealed class PictureSet : IDisposable
{
    private readonly SafeFileHandle _file;

    private PictureSet(SafeFileHandle file, PictureHead head) => (_file, Head) = (file, head);

    /// <summary>What the pictures are.</summary>
    public PictureHead Head { get; }

    /// <summary>Pictures.</summary>
    public int Count => Head.Pictures.Count;

    /// <summary>Writes pictures, then what they are, then how long that is.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="head">What they are.</param>
    /// <param name="copy">Writes them.</param>
    public static void Write(Stream stream, PictureHead head, Action<Stream> copy)
    {
        copy(stream);
        var json = JsonSerializer.SerializeToUtf8Bytes(head);
        stream.Write(json);
        stream.Write(BitConverter.GetBytes((long)json.Length));
    }

    /// <summary>Opens a file that <see cref="Write"/> made.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isTemporary">Whether it is deleted when the pictures are let go of.</param>
    /// <returns>The pictures; null where the file is damaged.</returns>
    public static PictureSet? TryOpen(string path, bool isTemporary)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete,
            isTemporary ? FileOptions.DeleteOnClose : FileOptions.None);
        try
        {
            if (ReadHead(file) is { } head && HashOf(file, (long)head.Size * head.Pictures.Count) == head.Hash)
                return new PictureSet(file, head);
        }
        catch (Exception damage) when (damage is IOException or JsonException or OverflowException)
        {
            // Handled as damage below.
        }
        file.Dispose();
        return null;
    }

    /// <summary>Pictures as numbers from 0 to 1.</summary>
    /// <param name="places">Which; may repeat.</param>
    /// <returns>Shape (k, channels, height, width), float32.</returns>
    public Tensor Images(ReadOnlySpan<int> places)
    {
        var bytes = new byte[places.Length * Head.Size];
        for (var i = 0; i < places.Length; i++) Read(_file, bytes.AsSpan(i * Head.Size, Head.Size), (long)places[i] * Head.Size);
        using var all = tensor(bytes, [places.Length, Head.Channels, Head.Height, Head.Width], dtype: ScalarType.Byte);
        return all.to_type(ScalarType.Float32).div_(Scalars.Of(byte.MaxValue));
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose() => _file.Dispose();

    private static PictureHead? ReadHead(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        if (length < sizeof(long)) return null;
        Span<byte> ending = stackalloc byte[sizeof(long)];
        Read(file, ending, length - sizeof(long));
        var size = BitConverter.ToInt64(ending);
        if (size <= 0 || size > length - sizeof(long) || size > int.MaxValue) return null;
        var json = new byte[size];
        Read(file, json, length - sizeof(long) - size);
        var head = JsonSerializer.Deserialize<PictureHead>(json);
        return head is { Version: PictureHead.CurrentVersion, Pictures: not null, Classes: not null }
            && (long)head.Size * head.Pictures.Count == length - sizeof(long) - size ? head : null;
    }

    private static string HashOf(SafeFileHandle file, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[(int)Math.Min(length, 1 << 20)];
        for (long at = 0; at < length; at += block.Length)
        {
            var part = block.AsSpan(0, (int)Math.Min(block.Length, length - at));
            Read(file, part, at);
            hash.AppendData(part);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Read(SafeFileHandle file, Span<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            var count = RandomAccess.Read(file, bytes, at);
            if (count == 0) throw new EndOfStreamException();
            bytes = bytes[count..];
            at += count;
        }
    }
}
