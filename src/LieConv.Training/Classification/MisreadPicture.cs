using LieConv.Datasets.Basics;
using LieConv.Serialization;
using LieConv.Training.Pictures;
using SkiaSharp;
using TorchSharp;

namespace LieConv.Training.Classification;

/// <summary>Draws the worst errors of a classifier as a grid, each with the right class, the prediction and its
/// probability.</summary>
internal static class MisreadPicture
{
    private const int Columns = 8;
    private const int Margin = 8;
    private const int TextHeight = 22;
    private const int LongestName = 14;

    /// <summary>The longer side of an image, as far as whole pixels allow: MNIST's have 28.</summary>
    private const int Side = 4 * 28;

    public static void Write(
        string path, ILabelledImages data, IReadOnlyList<Misread> worst, IReadOnlyList<string> classes)
    {
        using var typeface = SKTypeface.FromFamilyName(ReportFont.Family);
        using var font = new SKFont(typeface, 15);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var scope = torch.NewDisposeScope();
        var pixels = data.Images([.. worst.Select(misread => misread.Index)]);
        var (imageHeight, imageWidth) = ((int)pixels.shape[2], (int)pixels.shape[3]);
        var pixelSize = Math.Max(1, Side / Math.Max(imageHeight, imageWidth));
        string[] texts = [.. worst.Select(misread => FormattableString.Invariant(
            $"{Name(misread.Label)} as {Name(misread.Prediction)}, {100 * misread.Probability:F0} %"))];
        var widest = Math.Max(imageWidth * pixelSize, (int)Math.Ceiling(texts.Max(text => font.MeasureText(text))));
        var (width, height) = (widest + Margin, imageHeight * pixelSize + TextHeight + Margin);
        var rows = (worst.Count + Columns - 1) / Columns;
        using var surface = SKSurface.Create(new SKImageInfo(Columns * width + Margin, rows * height + Margin));
        surface.Canvas.Clear(SKColors.White);
        for (var i = 0; i < worst.Count; i++)
        {
            var (x, y) = (Margin + i % Columns * width, Margin + i / Columns * height);
            DrawImage(surface.Canvas, pixels[i].flatten(1).data<float>().ToArray(), imageHeight * imageWidth, imageWidth,
                (x, y, pixelSize));
            surface.Canvas.DrawText(texts[i], x, y + imageHeight * pixelSize + TextHeight - 6, font, ink);
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.Write(path, png.SaveTo);

        string Name(int k) => classes[k].Length <= LongestName ? classes[k] : classes[k][..(LongestName - 1)] + "…";
    }

    /// <summary>An image of one channel is grey, one of three red, green and blue, channel by channel.</summary>
    private static void DrawImage(
        SKCanvas canvas, float[] pixels, int size, int width, (int Left, int Top, int PixelSize) place)
    {
        using var paint = new SKPaint();
        var isGrey = pixels.Length == size;
        for (var i = 0; i < size; i++)
        {
            paint.Color = new SKColor(Byte(i), Byte(isGrey ? i : size + i), Byte(isGrey ? i : 2 * size + i));
            var (row, column) = Math.DivRem(i, width);
            canvas.DrawRect(place.Left + column * place.PixelSize, place.Top + row * place.PixelSize, place.PixelSize,
                place.PixelSize, paint);
        }

        byte Byte(int at) => (byte)Math.Clamp(MathF.Round(255 * pixels[at]), 0, 255);
    }
}
