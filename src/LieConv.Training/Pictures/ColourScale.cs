using System.Globalization;
using SkiaSharp;

namespace LieConv.Training.Pictures;

/// <summary>Colours for the numbers of points, and the bar that explains them.</summary>
/// <param name="Low">Numbers up to this have the first colour.</param>
/// <param name="High">Numbers from this on have the last.</param>
/// <param name="Label">What the numbers are, with their unit.</param>
internal sealed record ColourScale(double Low, double High, string Label)
{
    /// <summary>A few outliers would give all others one colour.</summary>
    private const double Tail = 0.02;

    private const int Width = 180;
    private const int Height = 12;

    private static readonly ScottPlot.Colormaps.Viridis Map = new();

    /// <summary>The scale from the 2nd to the 98th hundredth of the finite numbers, or from the least to the largest where
    /// these are alike.</summary>
    public static ColourScale Create(IEnumerable<double> numbers, string label)
    {
        double[] sorted = [.. numbers.Where(double.IsFinite).Order()];
        if (sorted.Length == 0) return new ColourScale(0, 1, label);
        var (low, high) = (sorted[(int)(Tail * (sorted.Length - 1))], sorted[(int)Math.Ceiling((1 - Tail) * (sorted.Length - 1))]);
        return low < high ? new ColourScale(low, high, label) : new ColourScale(sorted[0], sorted[^1], label);
    }

    /// <summary>The colour of a number; grey for what is not finite.</summary>
    public SKColor ColorOf(double number) => !double.IsFinite(number)
        ? SKColors.Gray
        : Map.GetColor(High > Low ? Math.Clamp((number - Low) / (High - Low), 0, 1) : 0.5).ToSKColor();

    /// <summary>Draws the bar with its ends and its label.</summary>
    public void Draw(SKCanvas canvas, SKFont font, float left, float top)
    {
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        var (low, high) = (Text(Low), Text(High));
        var start = left + font.MeasureText(low) + 6;
        for (var x = 0; x < Width; x++)
        {
            using var paint = new SKPaint { Color = ColorOf(Low + (High - Low) * x / (Width - 1)) };
            canvas.DrawRect(start + x, top, 1, Height, paint);
        }
        canvas.DrawText(low, left, top + Height - 1, font, ink);
        canvas.DrawText($"{high}   {Label}", start + Width + 6, top + Height - 1, font, ink);
    }

    private static string Text(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
