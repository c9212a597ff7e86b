using LieConv.Serialization;
using ScottPlot;
using SkiaSharp;

namespace LieConv.Training.Pictures;

/// <summary>A picture of several plots under one heading and one legend, which thus cannot cover the data.</summary>
/// <param name="columns">Panels side by side.</param>
/// <param name="rows">Panels one below the other.</param>
/// <param name="panelWidth">Width of a panel in pixels.</param>
/// <param name="panelHeight">Height of a panel in pixels.</param>
public sealed class PlotFigure(int columns, int rows, int panelWidth, int panelHeight)
{
    private const int LegendHeight = 30;
    private const int Margin = PictureText.Margin;
    private const int SampleWidth = 34;
    private readonly Plot?[] _plots = new Plot?[columns * rows];
    private readonly List<LegendEntry> _legend = [];

    /// <summary>The colours of particles and networks, in order.</summary>
    public static Color ColorOf(int index) => new ScottPlot.Palettes.Category10().GetColor(index);

    /// <summary>The plot of a panel, row by row; made on its first use.</summary>
    public Plot this[int index] => _plots[index] ??= NewPlot();

    /// <summary>Adds a line to the legend.</summary>
    public void AddLine(string label, Color color, LinePattern pattern) =>
        _legend.Add(new LegendEntry(label, color, pattern, 0));

    /// <summary>Adds a dot to the legend.</summary>
    public void AddDot(string label, Color color, float size) => _legend.Add(new LegendEntry(label, color, null, size));

    /// <summary>Draws everything and writes a PNG.</summary>
    public void Write(string path, string heading)
    {
        using var typeface = SKTypeface.FromFamilyName(ReportFont.Family);
        using var font = new SKFont(typeface, 14);
        var width = columns * panelWidth;
        var lines = LegendLines(font, width);
        var top = PictureText.HeadingHeight + lines.Count * LegendHeight;
        using var surface = SKSurface.Create(new SKImageInfo(width, top + rows * panelHeight));
        surface.Canvas.Clear(SKColors.White);
        PictureText.DrawHeading(surface.Canvas, heading, width);
        for (var i = 0; i < lines.Count; i++)
            DrawLegend(surface.Canvas, font, lines[i], PictureText.HeadingHeight + i * LegendHeight);
        for (var i = 0; i < _plots.Length; i++)
        {
            if (_plots[i] is not { } plot) continue;
            plot.Font.Set(ReportFont.Family);
            var (row, column) = Math.DivRem(i, columns);
            using var panel = plot.GetImage(panelWidth, panelHeight);
            using var pixels = SKImage.FromEncodedData(panel.GetImageBytes());
            surface.Canvas.DrawImage(pixels, column * panelWidth, top + row * panelHeight);
            plot.Dispose();
            _plots[i] = null;
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.Write(path, png.SaveTo);
    }

    private static Plot NewPlot()
    {
        var plot = new Plot();
        plot.Axes.Title.Label.FontSize = 15;
        return plot;
    }

    /// <summary>Breaks the legend into lines that fit.</summary>
    private List<List<LegendEntry>> LegendLines(SKFont font, int width)
    {
        List<List<LegendEntry>> lines = [];
        var x = (float)width;
        foreach (var entry in _legend)
        {
            var text = PictureText.Shortened(entry.Label, font, width - 2 * Margin - SampleWidth - 8);
            var space = SampleWidth + 8 + font.MeasureText(text) + 24;
            if (x + space - 24 > width - Margin)
            {
                lines.Add([]);
                x = Margin;
            }
            lines[^1].Add(entry with { Label = text, X = x });
            x += space;
        }
        return lines;
    }

    private static void DrawLegend(SKCanvas canvas, SKFont font, List<LegendEntry> entries, int top)
    {
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        foreach (var (label, color, line, dot, x) in entries)
        {
            using var paint = new SKPaint { Color = color.ToSKColor(), IsAntialias = true, StrokeWidth = 2.5f };
            var middle = top + 13;
            if (line is { } pattern)
            {
                using var dashes = pattern.GetPathEffect();
                paint.PathEffect = dashes;
                canvas.DrawLine(x, middle, x + SampleWidth, middle, paint);
            }
            if (dot > 0) canvas.DrawCircle(x + SampleWidth / 2f, middle, dot, paint);
            canvas.DrawText(label, x + SampleWidth + 8, top + 18, font, ink);
        }
    }

    private sealed record LegendEntry(string Label, Color Color, LinePattern? Line, float Dot, float X = 0);
}
