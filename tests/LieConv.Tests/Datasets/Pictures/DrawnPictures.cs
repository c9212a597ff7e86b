using SkiaSharp;

namespace LieConv.Tests.Datasets.Pictures;

/// <summary>Pictures that tests draw.</summary>
internal static class DrawnPictures
{
    /// <summary>A picture of one colour.</summary>
    public static void Write(string path, int width, int height, SKColor colour, SKEncodedImageFormat? format = null) =>
        Write(path, width, height, (_, _) => colour, format);

    /// <summary>A picture whose pixels follow from column and row.</summary>
    public static void Write(
        string path, int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat? format = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++) bitmap.SetPixel(column, row, colour(column, row));
        using var data = bitmap.Encode(format ?? SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(path, data.ToArray());
    }
}
