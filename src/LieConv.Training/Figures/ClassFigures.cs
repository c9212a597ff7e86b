namespace LieConv.Training.Figures;

/// <summary>How good a classifier is.</summary>
/// <param name="Confusion">Which class was put into which.</param>
/// <param name="Reliability">Whether its probabilities are right.</param>
/// <param name="LogLoss">The mean of -ln p of the right class, in nats: scikit-learn's log_loss.</param>
public sealed record ClassFigures(ConfusionMatrix Confusion, Reliability Reliability, double LogLoss)
{
    /// <summary>Examples.</summary>
    public long Count => Confusion.Count;

    /// <summary>The figures by name: error, accuracy, balancedAccuracy, macroF1, calibrationError (ECE) as fractions from
    /// 0 to 1, and loss in nats.</summary>
    /// <param name="prefix">What stands before each name, such as "label."; empty for nothing.</param>
    public IReadOnlyDictionary<string, double> Metrics(string prefix = "") => new Dictionary<string, double>
    {
        [prefix + "error"] = Confusion.Error,
        [prefix + "loss"] = LogLoss,
        [prefix + "accuracy"] = Confusion.Accuracy,
        [prefix + "balancedAccuracy"] = Confusion.BalancedAccuracy,
        [prefix + "macroF1"] = Confusion.MacroF1,
        [prefix + "calibrationError"] = Reliability.ExpectedError,
    };

    /// <summary>The figures of many examples.</summary>
    /// <param name="right">Classes of the n examples.</param>
    /// <param name="logProbabilities">Natural logarithms of the predicted probabilities, n rows of K.</param>
    /// <param name="classes">K.</param>
    public static ClassFigures Compute(ReadOnlySpan<int> right, ReadOnlySpan<double> logProbabilities, int classes)
    {
        if (logProbabilities.Length != (long)right.Length * classes)
            throw new ArgumentException(
                $"There are {logProbabilities.Length} probabilities; expected {classes} for each of {right.Length} examples.",
                nameof(logProbabilities));
        var tally = new ClassTally(classes);
        for (var i = 0; i < right.Length; i++) tally.Add(right[i], logProbabilities.Slice(i * classes, classes));
        return tally.Finish();
    }
}
