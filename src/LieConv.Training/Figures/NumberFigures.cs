namespace LieConv.Training.Figures;

/// <summary>How good predicted numbers are, every example alike.</summary>
/// <param name="Count">Examples.</param>
/// <param name="Mae">Mean absolute error, in the target's unit.</param>
/// <param name="Rmse">Root of the mean squared error, in the target's unit.</param>
/// <param name="R2">1 less the ratio of the squared errors to the squared deviations of the true values from their mean:
/// scikit-learn's r2_score; null where all true values are alike, for which it is not defined.</param>
/// <param name="Bias">The mean of predicted less true, in the target's unit.</param>
/// <param name="Unit">The target's unit; empty where there is none or it is not known.</param>
public sealed record NumberFigures(long Count, double Mae, double Rmse, double? R2, double Bias, string Unit)
{
    /// <summary>The figures by name: mae, rmse, r2 where it is defined, bias.</summary>
    /// <param name="prefix">What stands before each name, such as "energy."; empty for nothing.</param>
    public IReadOnlyDictionary<string, double> Metrics(string prefix = "")
    {
        var metrics = new Dictionary<string, double>
        {
            [prefix + "mae"] = Mae, [prefix + "rmse"] = Rmse, [prefix + "bias"] = Bias,
        };
        if (R2 is { } share) metrics[prefix + "r2"] = share;
        return metrics;
    }

    /// <summary>The figures of predictions.</summary>
    /// <param name="predicted">n numbers.</param>
    /// <param name="truth">n numbers.</param>
    /// <param name="unit">Their unit, or empty.</param>
    public static NumberFigures Compute(ReadOnlySpan<double> predicted, ReadOnlySpan<double> truth, string unit = "")
    {
        if (predicted.Length != truth.Length || truth.Length == 0)
            throw new ArgumentException(
                $"There are {predicted.Length} predictions for {truth.Length} true values; expected as many, at least one.",
                nameof(predicted));
        var mean = 0.0;
        foreach (var value in truth) mean += value;
        mean /= truth.Length;
        var (absolute, squared, signed, deviations, isConstant) = (0.0, 0.0, 0.0, 0.0, true);
        for (var i = 0; i < truth.Length; i++)
        {
            var error = predicted[i] - truth[i];
            absolute += Math.Abs(error);
            squared += error * error;
            signed += error;
            deviations += (truth[i] - mean) * (truth[i] - mean);
            isConstant &= truth[i] == truth[0];
        }
        return new NumberFigures(
            truth.Length, absolute / truth.Length, Math.Sqrt(squared / truth.Length),
            isConstant ? null : 1 - squared / deviations, signed / truth.Length, unit);
    }
}
