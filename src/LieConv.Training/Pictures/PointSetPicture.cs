using LieConv.Serialization;
using SkiaSharp;

namespace LieConv.Training.Pictures;

/// <summary>Draws sets of points, such as those with the largest errors, as a grid. Sets of space are seen from where they
/// are widest; nearer points lie over those behind them, and are larger.</summary>
internal static class PointSetPicture
{
    /// <summary>Sets in a picture.</summary>
    public const int Most = 12;

    private const int Columns = 4;
    private const int Cell = 250;
    private const int LineHeight = 18;
    private const int LegendHeight = 30;

    /// <summary>Pixels between a set and the edge of its cell.</summary>
    private const int Border = 18;

    /// <summary>A point's share of the space that there is for each, and the limits of its radius in pixels.</summary>
    private const double PointShare = 0.2;
    private const double SmallestPoint = 1.2;
    private const double LargestPoint = 5;

    /// <summary>Writes the picture as PNG; nothing where there are no sets.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sets">The sets, the first of them are drawn.</param>
    /// <param name="dimensions">Coordinates of a point.</param>
    /// <param name="heading">What is above them.</param>
    /// <param name="colours">What colours mean, with the unit; null where sets have none.</param>
    public static void Write(
        string path, IReadOnlyList<DrawnSet> sets, int dimensions, string heading, string? colours = null)
    {
        var drawn = sets.Take(Most).ToArray();
        if (drawn.Length == 0) return;
        var scale = colours is null ? null : ColourScale.Create(drawn.SelectMany(set => set.Colours ?? []), colours);
        var top = PictureText.HeadingHeight + (scale is null ? 0 : LegendHeight);
        var height = Cell + LineHeight * drawn.Max(set => set.Lines.Count) + Border;
        var (columns, rows) = (Math.Min(Columns, drawn.Length), (drawn.Length + Columns - 1) / Columns);
        var width = Math.Max(2, columns) * Cell; // a heading needs room
        using var surface = SKSurface.Create(new SKImageInfo(width, top + rows * height));
        surface.Canvas.Clear(SKColors.White);
        using var typeface = SKTypeface.FromFamilyName(ReportFont.Family);
        using var font = new SKFont(typeface, 13);
        PictureText.DrawHeading(surface.Canvas, heading, width);
        scale?.Draw(surface.Canvas, font, PictureText.Margin, PictureText.HeadingHeight + 4);
        for (var i = 0; i < drawn.Length; i++)
        {
            var (x, y) = (i % columns * Cell, top + i / columns * height);
            DrawPoints(surface.Canvas, drawn[i], dimensions, scale, new SKRect(x, y, x + Cell, y + Cell));
            DrawLines(surface.Canvas, font, drawn[i].Lines, x + Border, y + Cell);
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.Write(path, png.SaveTo);
    }

    private static void DrawLines(SKCanvas canvas, SKFont font, IReadOnlyList<string> lines, int left, int top)
    {
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        foreach (var (i, line) in lines.Index())
            canvas.DrawText(
                PictureText.Shortened(line, font, Cell - 2 * Border), left, top + LineHeight * i + 10, font, ink);
    }

    private static void DrawPoints(SKCanvas canvas, DrawnSet set, int dimensions, ColourScale? scale, SKRect area)
    {
        using var frame = new SKPaint { Color = new SKColor(0xE0, 0xE0, 0xE0), IsStroke = true, StrokeWidth = 1 };
        canvas.DrawRect(
            new SKRect(area.Left + Border / 2f, area.Top + Border / 2f, area.Right - Border / 2f, area.Bottom - Border / 2f),
            frame);
        var points = PlaneProjection.Widest(set.Positions, dimensions);
        var (left, right) = (points.Min(p => p.X), points.Max(p => p.X));
        var (bottom, top) = (points.Min(p => p.Y), points.Max(p => p.Y));
        var extent = Math.Max(right - left, top - bottom);
        var unit = extent > 0 ? (area.Width - 3 * Border) / extent : 0;
        var radius = Math.Clamp(
            PointShare * (area.Width - 3 * Border) / Math.Sqrt(points.Length), SmallestPoint, LargestPoint);
        var (near, far) = (points.Max(p => p.Depth), points.Min(p => p.Depth));
        // The edge keeps neighbours apart; of small points it would be all that is seen.
        using var edge = new SKPaint
        {
            Color = SKColors.White.WithAlpha(0xC0), IsStroke = true, StrokeWidth = 0.8f, IsAntialias = true,
        };
        foreach (var i in Enumerable.Range(0, points.Length).OrderBy(i => points[i].Depth))
        {
            var depth = near > far ? (points[i].Depth - far) / (near - far) : 1;
            var own = (float)(radius * (dimensions > 2 ? 0.7 + 0.5 * depth : 1));
            var color = scale is not null && set.Colours is { } numbers ? scale.ColorOf(numbers[i]) : new SKColor(0x1F, 0x77, 0xB4);
            using var ink = new SKPaint { Color = dimensions > 2 ? Paler(color, 1 - depth) : color, IsAntialias = true };
            var place = new SKPoint(
                area.MidX + (float)(unit * (points[i].X - (left + right) / 2)),
                area.MidY - (float)(unit * (points[i].Y - (bottom + top) / 2)));
            canvas.DrawCircle(place, own, ink);
            if (radius > 2) canvas.DrawCircle(place, own, edge);
        }
    }

    /// <summary>What is far is a little nearer to white, as in mist.</summary>
    private static SKColor Paler(SKColor color, double distance)
    {
        byte Mixed(byte part) => (byte)(part + 0.35 * distance * (255 - part));
        return new SKColor(Mixed(color.Red), Mixed(color.Green), Mixed(color.Blue));
    }
}
