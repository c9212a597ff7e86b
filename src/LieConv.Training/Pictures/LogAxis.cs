using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace LieConv.Training.Pictures;

/// <summary>Logarithmic axes: the library draws the logarithms, and ticks name the powers of ten.</summary>
public static class LogAxis
{
    /// <summary>Stands in for 0, below the rounding of any double that matters.</summary>
    public const double Floor = 1e-17;

    private const int MaxLabels = 8;

    /// <summary>log10 for plotting; what is not finite stays so and leaves a gap.</summary>
    public static double Log(double value) => Math.Log10(Math.Max(value, Floor));

    /// <summary>Two digits and an exponent, as people write it: 2.4e-5.</summary>
    public static string ShortText(double value) =>
        value == 0 ? "0" : value.ToString("0.0e-0", CultureInfo.InvariantCulture);

    /// <summary>Sets the limits of an axis to whole decades around logarithms, and its ticks.</summary>
    public static void SetDecades(IAxis axis, IEnumerable<double> logarithms)
    {
        double[] finite = [.. logarithms.Where(double.IsFinite)];
        var (low, high) = finite.Length == 0
            ? (-1, 1)
            : (Math.Floor(finite.Min() - 0.05), Math.Ceiling(finite.Max() + 0.05));
        axis.Min = low;
        axis.Max = high;
        var step = Math.Max(1, (int)Math.Ceiling((high - low) / MaxLabels));
        var ticks = new NumericManual();
        for (var decade = (int)low; decade <= (int)high; decade++)
        {
            if ((decade - (int)Math.Ceiling(low / step) * step) % step == 0) ticks.AddMajor(decade, Power(decade));
            else ticks.AddMinor(decade);
            if (high - low > 4) continue;
            for (var digit = 2; digit < 10; digit++) ticks.AddMinor(decade + Math.Log10(digit));
        }
        axis.TickGenerator = ticks;
    }

    /// <summary>Sets an axis to the given sizes, each with its own label.</summary>
    public static void SetSizes(IAxis axis, IReadOnlyList<int> sizes)
    {
        var logarithms = sizes.Select(size => Math.Log10(size)).ToArray();
        var margin = Math.Max(0.1, 0.06 * (logarithms.Max() - logarithms.Min()));
        axis.Min = logarithms.Min() - margin;
        axis.Max = logarithms.Max() + margin;
        var ticks = new NumericManual();
        var last = double.NegativeInfinity;
        foreach (var size in sizes.Order())
        {
            // Labels that would touch give way to the first of them.
            var crowded = Math.Log10(size) - last < 0.055 * (axis.Max - axis.Min);
            if (crowded) ticks.AddMinor(Math.Log10(size));
            else ticks.AddMajor(last = Math.Log10(size), size.ToString("N0", CultureInfo.InvariantCulture));
        }
        axis.TickGenerator = ticks;
    }

    private static string Power(int decade) =>
        decade is >= -1 and <= 3 ? Math.Pow(10, decade).ToString("0.##", CultureInfo.InvariantCulture) : $"1e{decade}";
}
