using LieConv.Randomness;

namespace LieConv.Datasets.Made;

/// <summary>Points of space, some with a charge, and at each the potential of all charges: Σ q_j / sqrt(r² + a²), which
/// is smooth.</summary>
internal sealed class Charges : MadeData
{
    /// <summary>a of the potential, in the unit of the coordinates (Plummer 1911).</summary>
    internal const double Softening = 0.5;

    private const int Charged = 4;

    public override string Name => "charges3d";

    public override string Description => "points of space, some charged, and the potential of the charges at each";

    public override IReadOnlyList<string> Columns { get; } = ["x", "y", "z", "charge", "potential"];

    public override bool HasLabel => false;

    public override int UsualSets => 600;

    public override int UsualPoints => 32;

    private protected override MadeSet Draw(SplitMix64 numbers, int set, int points)
    {
        var result = new double[points * 5];
        for (var i = 0; i < points; i++)
        {
            double x, y, z;
            do (x, y, z) = (numbers.Between(-1, 1), numbers.Between(-1, 1), numbers.Between(-1, 1));
            while (x * x + y * y + z * z > 1);
            (result[5 * i], result[5 * i + 1], result[5 * i + 2]) = (x, y, z);
            if (i < Charged) result[5 * i + 3] = (numbers.NextUnit() < 0.5 ? -1 : 1) * numbers.Between(0.5, 1.5);
        }
        for (var i = 0; i < points; i++)
            for (var j = 0; j < Charged; j++)
            {
                var squared = Softening * Softening;
                for (var d = 0; d < 3; d++) squared += Math.Pow(result[5 * i + d] - result[5 * j + d], 2);
                result[5 * i + 4] += result[5 * j + 3] / Math.Sqrt(squared);
            }
        return new MadeSet(result, null);
    }
}
