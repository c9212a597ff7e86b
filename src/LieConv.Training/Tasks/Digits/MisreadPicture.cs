using LieConv.Datasets.Digits;
using LieConv.Serialization;
using LieConv.Training.Pictures;
using SkiaSharp;
using TorchSharp;

namespace LieConv.Training.Tasks.Digits;

/// <summary>Draws the worst errors of a classifier as a grid, each with the right class, the prediction and its
/// probability.</summary>
internal static class MisreadPicture
{
    private const int Columns = 8;
    private const int PixelSize = 4;
    private const int Margin = 8;
    private const int TextHeight = 22;

    public static void Write(string path, ImageDataset data, IReadOnlyList<Misread> worst)
    {
        var (width, height) = (data.Width * PixelSize + Margin, data.Height * PixelSize + TextHeight + Margin);
        var rows = (worst.Count + Columns - 1) / Columns;
        using var surface = SKSurface.Create(new SKImageInfo(Columns * width + Margin, rows * height + Margin));
        surface.Canvas.Clear(SKColors.White);
        using var typeface = SKTypeface.FromFamilyName(ReportFont.Family);
        using var font = new SKFont(typeface, 15);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var scope = torch.NewDisposeScope();
        var pixels = data.Images([.. worst.Select(misread => misread.Index)]);
        for (var i = 0; i < worst.Count; i++)
        {
            var (x, y) = (Margin + i % Columns * width, Margin + i / Columns * height);
            DrawImage(surface.Canvas, pixels[i, 0].flatten().data<float>().ToArray(), data.Width, x, y);
            var text = FormattableString.Invariant(
                $"{worst[i].Label} as {worst[i].Prediction}, {100 * worst[i].Probability:F0} %");
            surface.Canvas.DrawText(text, x, y + data.Height * PixelSize + TextHeight - 6, font, ink);
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.Write(path, png.SaveTo);
    }

    private static void DrawImage(SKCanvas canvas, float[] pixels, int width, int left, int top)
    {
        using var paint = new SKPaint();
        for (var i = 0; i < pixels.Length; i++)
        {
            var grey = (byte)Math.Clamp(MathF.Round(255 * pixels[i]), 0, 255);
            paint.Color = new SKColor(grey, grey, grey);
            var (row, column) = Math.DivRem(i, width);
            canvas.DrawRect(left + column * PixelSize, top + row * PixelSize, PixelSize, PixelSize, paint);
        }
    }
}
