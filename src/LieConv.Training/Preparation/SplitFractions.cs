using System.Globalization;

namespace LieConv.Training.Preparation;

/// <summary>How much of the data each part gets.</summary>
/// <param name="Training">Fraction of the sets to learn from.</param>
/// <param name="Validation">Fraction to choose by; 0 for none.</param>
/// <param name="Test">Fraction to report on; 0 for none.</param>
public sealed record SplitFractions(double Training, double Validation, double Test)
{
    /// <summary>The parts, in the order of <see cref="SplitPart"/>.</summary>
    public const int Parts = 3;

    /// <summary>70, 15 and 15 per cent.</summary>
    public static SplitFractions Usual { get; } = new(0.7, 0.15, 0.15);

    /// <summary>The fraction of a part.</summary>
    public double this[SplitPart part] => part switch
    {
        SplitPart.Training => Training,
        SplitPart.Validation => Validation,
        _ => Test,
    };

    /// <summary>All that is wrong with them, a sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        double[] all = [Training, Validation, Test];
        if (all.All(fraction => fraction is >= 0 and <= 1) && Math.Abs(all.Sum() - 1) <= 1e-6 && Training > 0) return [];
        return
        [
            string.Create(CultureInfo.InvariantCulture,
                $"The fractions for training, validation and test are {Training}, {Validation} and {Test}; expected numbers ") +
            "from 0 to 1 that add up to 1, and more than 0 for training.",
        ];
    }

    /// <summary>The parts that get something.</summary>
    internal IReadOnlyList<SplitPart> Used => [.. Enum.GetValues<SplitPart>().Where(part => this[part] > 0)];

    /// <summary>Whole numbers that add up to the count, by largest remainders, at least 1 for each part in use.</summary>
    /// <param name="count">At least as many as there are parts in use.</param>
    internal int[] Shares(int count)
    {
        var shares = new int[Parts];
        for (var p = 0; p < Parts; p++) shares[p] = Floor((SplitPart)p, count);
        foreach (var p in Enumerable.Range(0, Parts).OrderByDescending(p => Remainder((SplitPart)p, count)).ThenBy(p => p)
            .Take(count - shares.Sum()))
            shares[p]++;
        foreach (var part in Used)
            if (shares[(int)part] == 0)
            {
                shares[Array.IndexOf(shares, shares.Max())]--;
                shares[(int)part]++;
            }
        return shares;
    }

    /// <summary>The whole sets of a part's quota; rounding of 0.7 · 10 costs none.</summary>
    internal int Floor(SplitPart part, int count) => (int)Math.Floor(this[part] * count + 1e-9);

    /// <summary>What is left of the quota.</summary>
    internal double Remainder(SplitPart part, int count) =>
        Math.Max(0, Math.Round(this[part] * count - Floor(part, count), 9));
}
