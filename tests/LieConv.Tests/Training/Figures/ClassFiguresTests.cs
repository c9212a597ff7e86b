using LieConv.Training.Figures;

namespace LieConv.Tests.Training.Figures;

/// <summary>Figures of classifiers against the examples in scikit-learn's documentation and counts by hand.</summary>
public sealed class ClassFiguresTests
{
    // The example of scikit-learn's balanced_accuracy_score.
    [Fact]
    public void BalancedAccuracy_ExampleOfScikitLearn_IsItsNumber() => Assert.Equal(
        0.625, Matrix(2, [0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]).BalancedAccuracy, 12);

    // The example of scikit-learn's f1_score and precision_recall_fscore_support, average="macro".
    [Fact]
    public void MacroF1_ExampleOfScikitLearn_IsItsNumber()
    {
        var matrix = Matrix(3, [0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]);
        Assert.Equal(0.8 / 3, matrix.MacroF1, 12);
        Assert.Equal(2.0 / 6, matrix.Accuracy, 12);
        Assert.Equal(2.0 / 3, matrix.PrecisionOf(0), 12);
    }

    /// <summary>Of four classes one has no examples and gets one, one has none and gets none: recalls 1 and 1/2; F1 of 0:
    /// 1, of 1: 2/3, of 2: 0, and none of 3.</summary>
    [Fact]
    public void Means_ClassesWithoutExamples_AreThoseOfScikitLearn()
    {
        var matrix = Matrix(4, [0, 1, 1], [0, 1, 2]);
        Assert.Equal(0.75, matrix.BalancedAccuracy, 12);
        Assert.Equal((1 + 2.0 / 3 + 0) / 3, matrix.MacroF1, 12);
    }

    // The example of scikit-learn's log_loss.
    [Fact]
    public void LogLoss_ExampleOfScikitLearn_IsItsNumber()
    {
        double[] probabilities = [0.1, 0.9, 0.9, 0.1, 0.8, 0.2, 0.35, 0.65];
        var figures = ClassFigures.Compute([1, 0, 0, 1], [.. probabilities.Select(p => Math.Log(p))], 2);
        Assert.Equal(0.21616, figures.LogLoss, 5);
        Assert.Equal(0, figures.Metrics()["error"]);
        Assert.Equal(figures.LogLoss, figures.Metrics("label.")["label.loss"]);
    }

    [Fact]
    public void LogLoss_ProbabilityBelowAllDoubles_IsFinite() =>
        Assert.Equal(800, ClassFigures.Compute([0], [-800, 0], 2).LogLoss);

    /// <summary>By hand: of five bins the last holds 0.9 (right) and 1 (wrong), the fourth 0.8, which is its upper end
    /// (right), the third 0.6 (wrong). ECE = (|1 - 1.9| + |1 - 0.8| + |0 - 0.6|) / 4.</summary>
    [Fact]
    public void CalibrationError_ByHand_IsTheMeanGap()
    {
        var reliability = new Reliability(5);
        reliability.Add(0.9, true);
        reliability.Add(1, false);
        reliability.Add(0.8, true);
        reliability.Add(0.6, false);
        Assert.Equal(1.7 / 4, reliability.ExpectedError, 12);
        Assert.Equal(0.6, reliability.LargestError, 12);
        Assert.Equal([0L, 0, 1, 1, 2], reliability.Bins.Select(bin => bin.Count));
        Assert.Equal(0.5, reliability.Bins[4].Accuracy);
        Assert.True(double.IsNaN(reliability.Bins[0].Confidence));
    }

    [Fact]
    public void Largest_NotANumber_IsTheLargestAsInLibtorch()
    {
        Assert.Equal(1, ClassTally.Largest([2, double.NaN, 3]));
        Assert.Equal(0, ClassTally.Largest([3, 3, 1]));
    }

    [Fact, Trait("Category", "Faults")]
    public void Compute_WrongCounts_SaysWhatWasExpected() => Assert.StartsWith(
        "There are 3 probabilities; expected 2 for each of 2 examples.",
        Assert.Throws<ArgumentException>(() => ClassFigures.Compute([0, 1], [0, 0, 0], 2)).Message,
        StringComparison.Ordinal);

    private static ConfusionMatrix Matrix(int classes, int[] right, int[] predicted)
    {
        var matrix = new ConfusionMatrix(classes);
        foreach (var (truth, found) in right.Zip(predicted)) matrix.Add(truth, found);
        return matrix;
    }
}
