namespace LieConv.Training.Tasks.Points;

/// <summary>What came of the two trainings of a group with one seed.</summary>
/// <param name="Small">Errors on each validation set after training on the smaller part.</param>
/// <param name="Large">The same after training on all training sets.</param>
/// <param name="Fall">What <see cref="TrialLosses.Fall"/> says of each of both trainings.</param>
internal sealed record DiscoveryRun(double[] Small, double[] Large, (double Small, double Large) Fall)
{
    /// <summary>Means over seeds, set by set.</summary>
    public static double[] Mean(IReadOnlyList<double[]> errors) =>
        [.. Enumerable.Range(0, errors[0].Length).Select(set => errors.Average(own => own[set]))];

    /// <summary>Variance of the mean over seeds, by the mean errors of each; 0 of one.</summary>
    public static double Chance(IReadOnlyList<double[]> errors)
    {
        if (errors.Count < 2) return 0;
        double[] means = [.. errors.Select(own => own.Average())];
        var mean = means.Average();
        return means.Sum(own => (own - mean) * (own - mean)) / (means.Length - 1) / means.Length;
    }
}
