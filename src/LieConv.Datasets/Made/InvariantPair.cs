namespace LieConv.Datasets.Made;

/// <summary>Where the middle of a set's positive points is, and that of its negative ones.</summary>
internal readonly record struct InvariantPair(double X1, double Y1, double X2, double Y2)
{
    /// <summary>Distances from the origin, of each other, and the angle between both as seen from the origin.</summary>
    public double Radius1 => Math.Sqrt(X1 * X1 + Y1 * Y1);

    public double Radius2 => Math.Sqrt(X2 * X2 + Y2 * Y2);

    public double Apart => Math.Sqrt((X2 - X1) * (X2 - X1) + (Y2 - Y1) * (Y2 - Y1));

    /// <summary>The sine of the angle from the first to the second, seen from the origin.</summary>
    public double Sine => (X1 * Y2 - Y1 * X2) / (Radius1 * Radius2);
}
