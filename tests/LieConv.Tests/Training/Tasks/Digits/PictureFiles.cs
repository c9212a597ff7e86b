using System.Buffers.Binary;
using SkiaSharp;

namespace LieConv.Tests.Training.Tasks.Digits;

/// <summary>Writes grey pixels as pictures of any size.</summary>
internal static class PictureFiles
{
    /// <summary>Writes a PNG or JPEG, scaled as an editor of pictures would.</summary>
    public static void Write(string path, byte[] grey, int side, int size, bool inverted = false)
    {
        using var small = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var i = 0; i < grey.Length; i++)
        {
            var value = inverted ? (byte)(255 - grey[i]) : grey[i];
            small.SetPixel(i % side, i / side, new SKColor(value, value, value));
        }
        using var scaled = small.Resize(
            new SKSizeI(size, size), size == side ? SKSamplingOptions.Default : new SKSamplingOptions(SKFilterMode.Linear));
        Encode(path, scaled);
    }

    /// <summary>Encodes by the name's ending.</summary>
    public static void Encode(string path, SKBitmap bitmap)
    {
        var format = path.EndsWith(".png", StringComparison.Ordinal) ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg;
        using var data = bitmap.Encode(format, 100);
        using var file = File.Create(path);
        data.SaveTo(file);
    }

    /// <summary>Writes a BMP of 24 bits, which has its last row first and rows of multiples of four bytes.</summary>
    public static void WriteBmp(string path, byte[] grey, int side)
    {
        var stride = (3 * side + 3) / 4 * 4;
        var bytes = new byte[54 + stride * side];
        (bytes[0], bytes[1], bytes[26], bytes[28]) = ((byte)'B', (byte)'M', 1, 24);
        foreach (var (at, value) in new[] { (2, bytes.Length), (10, 54), (14, 40), (18, side), (22, side) })
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                bytes.AsSpan(54 + (side - 1 - row) * stride + 3 * column, 3).Fill(grey[row * side + column]);
        File.WriteAllBytes(path, bytes);
    }
}
