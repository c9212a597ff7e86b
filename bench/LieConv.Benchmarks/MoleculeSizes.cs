namespace LieConv.Benchmarks;

/// <summary>Numbers of atoms as in QM9: 9 to 29 in all but its smallest molecules, and 18 on average, a triangle.
/// </summary>
internal sealed class MoleculeSizes
{
    /// <summary>The largest molecule, then evenly spread quantiles.</summary>
    public MoleculeSizes(int molecules) => Atoms =
        [.. Enumerable.Range(0, molecules).Select(i => i == 0 ? 29 : (int)Math.Round(Quantile((i + 0.5) / molecules)))];

    /// <summary>Atoms of each molecule.</summary>
    public IReadOnlyList<int> Atoms { get; }

    /// <summary>Atoms of the largest.</summary>
    public int Largest => Atoms.Max();

    /// <summary>The quantile of a triangular density on [9, 29] with mean 18, whose peak is at 16.</summary>
    private static double Quantile(double p)
    {
        const double low = 9, peak = 16, high = 29;
        const double below = (peak - low) / (high - low);
        return p < below
            ? low + Math.Sqrt(p * (high - low) * (peak - low))
            : high - Math.Sqrt((1 - p) * (high - low) * (high - peak));
    }
}
