using LieConv.Randomness;

namespace LieConv.Datasets.Made;

/// <summary>Distributions of made points.</summary>
internal static class MadeNumbers
{
    /// <summary>A number between two.</summary>
    public static double Between(this SplitMix64 numbers, double low, double high) =>
        low + (high - low) * numbers.NextUnit();

    /// <summary>An angle in radians.</summary>
    public static double Angle(this SplitMix64 numbers) => numbers.Between(0, 2 * Math.PI);

    /// <summary>Two standard normal numbers (Box and Muller 1958).</summary>
    public static (double X, double Y) Normal(this SplitMix64 numbers)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - numbers.NextUnit()));
        var (sin, cos) = Math.SinCos(numbers.Angle());
        return (radius * cos, radius * sin);
    }

    /// <summary>The point at a distance from the origin and an angle.</summary>
    public static (double X, double Y) Polar(double radius, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return (radius * cos, radius * sin);
    }
}
