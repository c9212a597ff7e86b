using LieConv.Datasets.Digits;
using SkiaSharp;

namespace LieConv.Training.PictureFiles;

/// <summary>Reads PNG, JPEG and BMP as grey pictures; the content tells the format, whatever the name says.</summary>
internal static class PictureDecoder
{
    /// <summary>More than cameras give; a small file may claim any size, and is refused before it takes memory.</summary>
    public const int MostPixels = 40_000_000;

    /// <summary>A picture of <see cref="MostPixels"/> in four bytes each, and its headers.</summary>
    private const long MostBytes = 4L * MostPixels + (1 << 20);

    /// <summary>Reads a picture. Colours become grey by luma (ITU-R BT.601), as in Pillow. What is transparent lies on
    /// black where what is to be seen is light, on white where it is dark. A turn that a camera has noted is made.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="ink">Decides the ground of transparent pictures where it is fixed.</param>
    /// <exception cref="InvalidDataException">It cannot be read, is no such picture, is damaged or too large: one
    /// sentence.</exception>
    public static GreyPicture Read(string path, Ink ink)
    {
        var bytes = Bytes(path);
        using var data = new MemoryStream(bytes);
        using var codec = SKCodec.Create(data, out _) ?? throw new InvalidDataException(
            $"{path}: {PictureFaults.OfHeader(bytes) ?? "is no PNG, JPEG or BMP"}.");
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Bmp))
            throw new InvalidDataException($"{path}: is {codec.EncodedFormat}; expected PNG, JPEG or BMP.");
        var size = codec.Info.Size;
        if (size.Width < 1 || size.Height < 1) throw new InvalidDataException($"{path}: has no pixels.");
        if ((long)size.Width * size.Height > MostPixels)
            throw new InvalidDataException($"{path}: {PictureFaults.TooLarge(size.Width, size.Height)}.");
        var layout = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var decoded = codec.GetPixels(layout, out var pixels);
        if (decoded != SKCodecResult.Success)
            throw new InvalidDataException(PictureFaults.OfChunks(bytes) is { } fault ? $"{path}: {fault}."
                : decoded == SKCodecResult.IncompleteInput
                ? $"{path}: is cut short: some of its {size.Width} x {size.Height} pixels are missing."
                : $"{path}: is damaged ({decoded}).");
        return EncodedTurn.Undo(new GreyPicture(size.Height, size.Width, ToGrey(pixels, ink)), codec.EncodedOrigin);
    }

    private static byte[] Bytes(string path)
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

    private static float[] ToGrey(byte[] rgba, Ink ink)
    {
        var grey = new float[rgba.Length / 4];
        var (sum, weight) = (0.0, 0.0);
        for (var i = 0; i < grey.Length; i++)
        {
            grey[i] = Luma(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]);
            sum += rgba[4 * i + 3] * grey[i];
            weight += rgba[4 * i + 3];
        }
        if (weight == byte.MaxValue * (double)grey.Length) return grey;                    // nothing is transparent
        var isLight = ink == Ink.Auto ? sum >= weight / 2 : ink == Ink.Light;
        var ground = isLight ? 0f : 1f;
        for (var i = 0; i < grey.Length; i++)
            if (rgba[4 * i + 3] is var alpha and < byte.MaxValue)
                grey[i] = ground + (grey[i] - ground) * alpha / byte.MaxValue;
        return grey;
    }

    /// <summary>Of a grey pixel its own value, to the last bit what a byte of an idx file becomes.</summary>
    private static float Luma(byte red, byte green, byte blue) => red == green && green == blue
        ? red / (float)byte.MaxValue
        : (float)((0.299 * red + 0.587 * green + 0.114 * blue) / byte.MaxValue);
}
