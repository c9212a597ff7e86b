using LieConv.Datasets.Molecules;
using LieConv.Training.Pictures;
using SkiaSharp;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>A molecule as balls and sticks.</summary>
internal static class MoleculeDrawing
{
    private const float Margin = 26;

    /// <summary>Two atoms are joined where they are nearer than their covalent radii and this, in Angstrom.</summary>
    private const double BondSlack = 0.4;

    /// <summary>Symbol, covalent radius in Angstrom (Cordero et al. 2008) and the usual colour, by nuclear charge.</summary>
    private static readonly Dictionary<int, (string Symbol, double Radius, SKColor Color)> Known = new()
    {
        [1] = ("H", 0.31, new SKColor(0xE0, 0xE0, 0xE0)), [6] = ("C", 0.76, new SKColor(0x50, 0x50, 0x50)),
        [7] = ("N", 0.71, new SKColor(0x30, 0x50, 0xF8)), [8] = ("O", 0.66, new SKColor(0xE0, 0x20, 0x20)),
        [9] = ("F", 0.57, new SKColor(0x60, 0xC0, 0x40)), [16] = ("S", 1.05, new SKColor(0xE0, 0xC0, 0x20)),
    };

    /// <summary>The sum formula, carbon and hydrogen first.</summary>
    public static string Formula(ReadOnlySpan<byte> charges)
    {
        var counts = new SortedDictionary<(int, string), int>();
        foreach (var charge in charges)
        {
            var key = (charge switch { 6 => 0, 1 => 1, _ => 2 }, Of(charge).Symbol);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        return string.Concat(counts.Select(pair => pair.Key.Item2 + (pair.Value > 1 ? $"{pair.Value}" : "")));
    }

    /// <summary>Draws a molecule into a square.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="charges">Nuclear charges.</param>
    /// <param name="positions">Three numbers an atom, in Angstrom.</param>
    /// <param name="area">The square.</param>
    public static void Draw(SKCanvas canvas, ReadOnlySpan<byte> charges, ReadOnlySpan<double> positions, SKRect area)
    {
        var flat = PlaneProjection.Widest(positions);
        var reach = Math.Max(1.5, flat.Max(point => Math.Max(Math.Abs(point.X), Math.Abs(point.Y))));
        var unit = (area.Width / 2 - Margin) / (float)reach;
        SKPoint Place((double X, double Y, double Depth) point) =>
            new(area.MidX + (float)point.X * unit, area.MidY - (float)point.Y * unit);
        using var stick = new SKPaint { Color = SKColors.Gray, StrokeWidth = 4, IsAntialias = true };
        for (var i = 0; i < charges.Length; i++)
            for (var j = 0; j < i; j++)
                if (Distance(positions, i, j) < Of(charges[i]).Radius + Of(charges[j]).Radius + BondSlack)
                    canvas.DrawLine(Place(flat[i]), Place(flat[j]), stick);
        using var edge = new SKPaint { Color = SKColors.Black, IsStroke = true, StrokeWidth = 1, IsAntialias = true };
        foreach (var i in Enumerable.Range(0, flat.Length).OrderBy(i => flat[i].Depth))
        {
            using var ball = new SKPaint { Color = Of(charges[i]).Color, IsAntialias = true };
            var radius = (float)Math.Clamp(Of(charges[i]).Radius * 0.55 * unit, 4, 18);
            canvas.DrawCircle(Place(flat[i]), radius, ball);
            canvas.DrawCircle(Place(flat[i]), radius, edge);
        }
    }

    private static (string Symbol, double Radius, SKColor Color) Of(int charge) =>
        Known.TryGetValue(charge, out var element) ? element : (Elements.Symbol(charge), 1.2, SKColors.Plum);

    private static double Distance(ReadOnlySpan<double> positions, int i, int j)
    {
        var sum = 0.0;
        for (var k = 0; k < 3; k++)
        {
            var difference = positions[3 * i + k] - positions[3 * j + k];
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }
}
