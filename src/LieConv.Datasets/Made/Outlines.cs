using LieConv.Randomness;

namespace LieConv.Datasets.Made;

/// <summary>Outlines of plane shapes, sampled at random and not quite exactly, of any place, size and direction.</summary>
internal sealed class Outlines : MadeData
{
    /// <summary>Standard deviation of a point from its outline, in mean radii of the shape.</summary>
    private const double Noise = 0.03;

    private const int RingCorners = 60;

    private static readonly (string Name, (double X, double Y)[] Corners)[] Shapes =
    [
        ("cross", Scaled(Cross(0.28))),
        ("ring", Scaled(Star(RingCorners, 1, 1))),
        ("square", Scaled(Star(4, 1, 1))),
        ("star", Scaled(Star(10, 1, 0.42))),
        ("triangle", Scaled(Star(3, 1, 1))),
    ];

    public override string Name => "shapes2d";

    public override string Description => "outlines of crosses, rings, squares, stars and triangles in the plane, with a label";

    public override IReadOnlyList<string> Columns { get; } = ["x", "y"];

    public override bool HasLabel => true;

    public override int UsualSets => 1500;

    public override int UsualPoints => 40;

    private protected override MadeSet Draw(SplitMix64 numbers, int set, int points)
    {
        var (name, corners) = Shapes[set % Shapes.Length];
        var count = (int)Math.Round(points * numbers.Between(0.75, 1.25));
        var (size, turn) = (numbers.Between(0.6, 1.4), numbers.Angle());
        var (left, up) = (numbers.Between(-1, 1), numbers.Between(-1, 1));
        var (sin, cos) = Math.SinCos(turn);
        var result = new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            var (x, y) = At(corners, numbers.NextUnit());
            var (dx, dy) = numbers.Normal();
            (x, y) = (size * (x + Noise * dx), size * (y + Noise * dy));
            (result[2 * i], result[2 * i + 1]) = (left + cos * x - sin * y, up + sin * x + cos * y);
        }
        return new MadeSet(result, name);
    }

    /// <summary>The point after a fraction of the outline's length.</summary>
    private static (double X, double Y) At((double X, double Y)[] corners, double fraction)
    {
        var rest = fraction * Enumerable.Range(0, corners.Length).Sum(i => Length(corners, i));
        for (var i = 0; ; i++)
        {
            var length = Length(corners, i);
            if (rest <= length || i == corners.Length - 1)
            {
                var (from, to) = (corners[i], corners[(i + 1) % corners.Length]);
                return (from.X + rest / length * (to.X - from.X), from.Y + rest / length * (to.Y - from.Y));
            }
            rest -= length;
        }
    }

    private static double Length((double X, double Y)[] corners, int i)
    {
        var (from, to) = (corners[i], corners[(i + 1) % corners.Length]);
        return Math.Sqrt((to.X - from.X) * (to.X - from.X) + (to.Y - from.Y) * (to.Y - from.Y));
    }

    /// <summary>Corners at two distances by turns.</summary>
    private static (double, double)[] Star(int corners, double outer, double inner) =>
        [.. Enumerable.Range(0, corners).Select(i => MadeNumbers.Polar(i % 2 == 0 ? outer : inner, 2 * Math.PI * i / corners))];

    private static (double X, double Y)[] Cross(double half) =>
    [
        (half, half), (half, 1), (-half, 1), (-half, half), (-1, half), (-1, -half),
        (-half, -half), (-half, -1), (half, -1), (half, -half), (1, -half), (1, half),
    ];

    /// <summary>The mean distance of the outline from its centre becomes 1, so that size tells no shape.</summary>
    private static (double X, double Y)[] Scaled((double X, double Y)[] corners)
    {
        const int Samples = 1000;
        var mean = Enumerable.Range(0, Samples).Average(i =>
        {
            var (x, y) = At(corners, (i + 0.5) / Samples);
            return Math.Sqrt(x * x + y * y);
        });
        return [.. corners.Select(corner => (corner.X / mean, corner.Y / mean))];
    }
}
