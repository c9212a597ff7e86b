using System.Runtime.InteropServices;
using SkiaSharp;

namespace LieConv.Datasets.Pictures;

/// <summary>Reads PNG, JPEG and BMP; the content tells the format, whatever the name says.</summary>
internal static class PictureFile
{
    /// <summary>More than cameras give; a small file may claim any size, and is refused before it takes memory.</summary>
    public const int MostPixels = 40_000_000;

    /// <summary>What is read, for messages.</summary>
    public const string Formats = ".png, .jpg, .jpeg or .bmp";

    /// <summary>A picture of <see cref="MostPixels"/> in four bytes each, and its headers.</summary>
    private const long MostBytes = 4L * MostPixels + (1 << 20);

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>Whether the name is one of a picture.</summary>
    public static bool IsPicture(string path) =>
        Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a picture; a turn that a camera has noted is made. Of an animated one the first frame.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It cannot be read, is no such picture, is damaged or too large: one
    /// sentence.</exception>
    public static ColourPicture Read(string path) => Decode(path, ReadBytes(path));

    /// <summary>The size that a file says its picture has, turned as it is to be seen.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>, but that pixels are not looked at.</exception>
    public static (int Height, int Width) ReadSize(string path)
    {
        var bytes = ReadBytes(path);
        using var data = new MemoryStream(bytes);
        using var codec = Open(path, bytes, data);
        var size = codec.Info.Size;
        return EncodedTurn.Transposes(codec.EncodedOrigin) ? (size.Width, size.Height) : (size.Height, size.Width);
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, is empty or too large: one sentence.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length == 0) throw new InvalidDataException($"{path}: the file is empty.");
            if (file.Length > MostBytes)
                throw new InvalidDataException(
                    $"{path}: has {file.Length} bytes; expected a picture of at most {MostBytes}.");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The picture of a file's bytes.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>.</exception>
    public static ColourPicture Decode(string path, byte[] bytes)
    {
        using var data = new MemoryStream(bytes);
        using var codec = Open(path, bytes, data);
        var size = codec.Info.Size;
        var layout = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var decoded = codec.GetPixels(layout, out var pixels);
        if (decoded != SKCodecResult.Success)
            throw new InvalidDataException(PictureFaults.OfChunks(bytes) is { } fault ? $"{path}: {fault}."
                : decoded == SKCodecResult.IncompleteInput
                ? $"{path}: is cut short: some of its {size.Width} x {size.Height} pixels are missing."
                : $"{path}: is damaged ({decoded}).");
        var origin = codec.EncodedOrigin;
        if (origin is SKEncodedOrigin.TopLeft) return new ColourPicture(size.Height, size.Width, pixels);
        var turned = EncodedTurn.Undo(
            MemoryMarshal.Cast<byte, uint>(pixels).ToArray(), size.Height, size.Width, origin);
        var (height, width) = EncodedTurn.Transposes(origin) ? (size.Width, size.Height) : (size.Height, size.Width);
        return new ColourPicture(height, width, MemoryMarshal.AsBytes<uint>(turned).ToArray());
    }

    private static SKCodec Open(string path, byte[] bytes, MemoryStream data)
    {
        var codec = SKCodec.Create(data, out _) ?? throw new InvalidDataException(
            $"{path}: {PictureFaults.OfHeader(bytes) ?? "is no PNG, JPEG or BMP"}.");
        try
        {
            if (codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Bmp))
                throw new InvalidDataException($"{path}: is {codec.EncodedFormat}; expected PNG, JPEG or BMP.");
            var size = codec.Info.Size;
            if (size.Width < 1 || size.Height < 1) throw new InvalidDataException($"{path}: has no pixels.");
            if ((long)size.Width * size.Height > MostPixels)
                throw new InvalidDataException($"{path}: {PictureFaults.TooLarge(size.Width, size.Height)}.");
            return codec;
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }
}
