using LieConv.Randomness;

namespace LieConv.Datasets.Made;

/// <summary>Points of the plane with values 1, -1 and 0 whose label is invariant to one group by construction: it follows
/// from the means of the positive and of the negative points.</summary>
/// <param name="name">Its name.</param>
/// <param name="group">What its label is invariant to.</param>
/// <param name="rules">What the label says.</param>
internal sealed class InvariantSets(string name, string group, InvariantRules rules) : MadeData
{
    /// <summary>How clear an answer is at least.</summary>
    private const double Margin = 0.15;

    /// <summary>Standard deviation of a point from the middle of its cluster.</summary>
    private const double Spread = 0.06;

    private static readonly string[] Labels = ["a", "b", "c", "d"];

    public override string Name => name;

    public override string Description => $"points of the plane with values; the label is invariant to {group}";

    public override IReadOnlyList<string> Columns { get; } = ["x", "y", "value"];

    public override bool HasLabel => true;

    public override int UsualSets => 1000;

    public override int UsualPoints => 18;

    /// <summary>The label of a set; null where an answer is not clear.</summary>
    internal string? LabelOf(ReadOnlySpan<double> numbers)
    {
        var pair = Pair(numbers);
        var (first, second) = rules.Questions(pair);
        if (Math.Abs(first) < Margin || Math.Abs(second) < Margin) return null;
        return Labels[(first > 0 ? 2 : 0) + (second > 0 ? 1 : 0)];
    }

    private protected override MadeSet Draw(SplitMix64 numbers, int set, int points)
    {
        // Each label as often as the others.
        var label = Labels[set % Labels.Length];
        while (true)
        {
            var drawn = Points(numbers, points);
            if (LabelOf(drawn) == label)
            {
                Move(numbers, drawn);
                return new MadeSet(drawn, label);
            }
        }
    }

    private static double[] Points(SplitMix64 numbers, int points)
    {
        var result = new double[3 * points];
        var cluster = points / 3;
        Span<(double X, double Y)> middles =
            [Place(numbers), Place(numbers)];
        for (var i = 0; i < points; i++)
        {
            var (x, y) = MadeNumbers.Polar(numbers.Between(0.3, 1.8), numbers.Angle());
            var value = 0;
            if (i < 2 * cluster)
            {
                var (dx, dy) = numbers.Normal();
                var middle = middles[i / cluster];
                (x, y, value) = (middle.X + Spread * dx, middle.Y + Spread * dy, i < cluster ? 1 : -1);
            }
            (result[3 * i], result[3 * i + 1], result[3 * i + 2]) = (x, y, value);
        }
        return result;
    }

    private static (double X, double Y) Place(SplitMix64 numbers) =>
        MadeNumbers.Polar(numbers.Between(0.4, 1.6), numbers.Angle());

    private void Move(SplitMix64 numbers, Span<double> points)
    {
        var (sin, cos) = rules.Moves == InvariantMove.Rotation ? Math.SinCos(numbers.Angle()) : (0, 1);
        var factor = rules.Moves == InvariantMove.Scaling ? Math.Exp(numbers.Between(-1.2, 1.2)) : 1;
        var (dx, dy) = rules.Moves == InvariantMove.Translation ? (numbers.Between(-3, 3), numbers.Between(-3, 3)) : (0, 0);
        for (var i = 0; i < points.Length; i += 3)
            (points[i], points[i + 1]) = (
                factor * (cos * points[i] - sin * points[i + 1]) + dx, factor * (sin * points[i] + cos * points[i + 1]) + dy);
    }

    private static InvariantPair Pair(ReadOnlySpan<double> numbers)
    {
        Span<double> sums = stackalloc double[4];
        Span<int> counts = stackalloc int[2];
        for (var i = 0; i < numbers.Length; i += 3)
        {
            if (numbers[i + 2] == 0) continue;
            var which = numbers[i + 2] > 0 ? 0 : 1;
            sums[2 * which] += numbers[i];
            sums[2 * which + 1] += numbers[i + 1];
            counts[which]++;
        }
        return new InvariantPair(sums[0] / counts[0], sums[1] / counts[0], sums[2] / counts[1], sums[3] / counts[1]);
    }
}
