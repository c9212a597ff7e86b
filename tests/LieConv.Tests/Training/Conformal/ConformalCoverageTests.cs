using LieConv.Randomness;
using LieConv.Training.Conformal;

namespace LieConv.Tests.Training.Conformal;

/// <summary>Simulated data keep the promise: coverage over many calibrations is the level, within binomial bounds.</summary>
/// <remarks>With continuous scores the coverage of a calibration of n sets is in the mean ceil((n + 1) level) / (n + 1),
/// exactly.</remarks>
public sealed class ConformalCoverageTests
{
    private const int Repeats = 4000;

    [Theory]
    [InlineData(0.9, 19)]
    [InlineData(0.9, 50)]
    [InlineData(0.8, 200)]
    public void Intervals_NewSets_AreCoveredAtTheLevel(double level, int sets)
    {
        var numbers = new SplitMix64(11);
        var covered = 0;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            double[] truth = [.. Enumerable.Range(0, sets + 1).Select(_ => Error(numbers))];
            var predicted = new double[sets + 1];
            var threshold = ConformalThreshold.Calibrate(
                ConformalIntervals.Scores(predicted.AsSpan(1), truth.AsSpan(1)), level);
            if (ConformalIntervals.Measure(threshold, predicted.AsSpan(0, 1), truth.AsSpan(0, 1)).Coverage == 1) covered++;
        }
        AssertBinomial(Math.Ceiling((sets + 1) * level - 1e-9) / (sets + 1), covered);
    }

    /// <summary>A very sure and right classifier: the level is kept all the same, with sets that may be empty.</summary>
    [Theory]
    [InlineData(0.9, 3.0)]
    [InlineData(0.9, 60.0)]
    [InlineData(0.75, 0.3)]
    public void Sets_OfASureClassifier_AreCoveredAtTheLevel(double level, double sharpness)
    {
        const int Sets = 60, Classes = 4;
        var (numbers, covered) = (new SplitMix64(5), 0);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var (right, rows) = Classified(numbers, Sets + 1, Classes, sharpness);
            var threshold = ConformalThreshold.Calibrate(
                ConformalClasses.Scores(right.AsSpan(1), rows.AsSpan(Classes)), level);
            var measured = ConformalClasses.Measure(threshold, right.AsSpan(0, 1), rows.AsSpan(0, Classes));
            if (measured.Coverage == 1) covered++;
        }
        AssertBinomial(Math.Ceiling((Sets + 1) * level - 1e-9) / (Sets + 1), covered);
    }

    /// <summary>Points of a set share an error, and sets differ in size. The mean over new sets of their covered fraction is
    /// at least the level, and not much more.</summary>
    [Fact]
    public void Points_OfNewSets_AreCoveredAtTheLevelInTheMeanOverSets()
    {
        const int Sets = 40;
        const double Level = 0.9;
        var (numbers, covered) = (new SplitMix64(8), 0.0);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            int[] sizes = [.. Enumerable.Range(0, Sets + 1).Select(_ => 1 + (int)(numbers.NextUnit() * 5))];
            var scores = sizes.SelectMany(size =>
            {
                var shared = Error(numbers);
                return Enumerable.Range(0, size).Select(_ => Math.Abs(shared + size * Error(numbers))).ToArray();
            }).ToArray();
            var threshold = ConformalThreshold.Calibrate(scores.AsSpan(sizes[0]), sizes.AsSpan(1), Level);
            covered += scores.Take(sizes[0]).Count(score => score <= threshold.Threshold) / (double)sizes[0];
        }
        Assert.InRange(covered / Repeats, Level - 4 * Math.Sqrt(Level * (1 - Level) / Repeats), Level + 0.03);
    }

    /// <summary>By hand: thresholds at p of at least 0.4; sets {0}, {0, 1}, {} with right classes 0, 1, 0.</summary>
    [Fact]
    public void Measure_ByHand_CountsSetsSizesAndEmptyOnes()
    {
        var threshold = new ConformalThreshold(0.6, 9, Math.Log(0.6 / 0.4) + 1e-12);
        double[] rows = [.. new[] { 0.8, 0.1, 0.1, 0.45, 0.41, 0.14, 0.34, 0.33, 0.33 }.Select(p => Math.Log(p))];
        Assert.Equal([0, 1], ConformalClasses.SetOf(threshold, rows.AsSpan(3, 3)));
        Assert.Empty(ConformalClasses.SetOf(threshold, rows.AsSpan(6, 3)));
        var measured = ConformalClasses.Measure(threshold, [0, 1, 0], rows);
        Assert.Equal(2.0 / 3, measured.Coverage, 12);
        Assert.Equal(1, measured.MeanSize, 12);
        Assert.Equal(1.0 / 3, measured.Empty!.Value, 12);
        Assert.Equal(3, measured.Sets);
    }

    /// <summary>Two sets: of one point covered, of three two are covered: (1 + 2/3) / 2.</summary>
    [Fact]
    public void Measure_Points_IsTheMeanOverSets()
    {
        var threshold = new ConformalThreshold(0.9, 9, 1);
        var measured = ConformalIntervals.Measure(threshold, [0, 0, 0, 0], [0.5, 1, -1, 3], [1, 3]);
        Assert.Equal(5.0 / 6, measured.Coverage, 12);
        Assert.Equal(2, measured.MeanSize, 12);
        Assert.Null(measured.Empty);
        Assert.Equal(["coverage", "coverage.level", "coverage.size"], measured.Metrics().Keys);
    }

    /// <summary>The right class's probability is 1 in double precision for both: the odds still tell them apart.</summary>
    [Fact]
    public void Score_SaturatedProbabilities_StillDiffer()
    {
        var (surer, sure) = (ConformalClasses.Score([0, -60], 0), ConformalClasses.Score([0, -50], 0));
        Assert.Equal(-60, surer, 9);
        Assert.Equal(-50, sure, 9);
        Assert.Equal(Math.Log(0.7 / 0.3), ConformalClasses.Score([Math.Log(0.3), Math.Log(0.5), Math.Log(0.2)], 0), 12);
    }

    /// <summary>Four standard deviations of a binomial count: one run in 16,000 would fail by chance, and the seeds are
    /// fixed.</summary>
    private static void AssertBinomial(double probability, int count) => Assert.InRange(
        (double)count / Repeats,
        probability - 4 * Math.Sqrt(probability * (1 - probability) / Repeats),
        probability + 4 * Math.Sqrt(probability * (1 - probability) / Repeats));

    /// <summary>Heavy tails: no law of errors is assumed.</summary>
    private static double Error(SplitMix64 numbers) => Math.Tan(1.5 * (2 * numbers.NextUnit() - 1));

    private static (int[] Right, double[] Rows) Classified(SplitMix64 numbers, int sets, int classes, double sharpness)
    {
        var (right, rows) = (new int[sets], new double[sets * classes]);
        for (var i = 0; i < sets; i++)
        {
            right[i] = (int)(numbers.NextUnit() * classes);
            var row = rows.AsSpan(i * classes, classes);
            for (var k = 0; k < classes; k++) row[k] = numbers.NextUnit();
            row[right[i]] += sharpness * numbers.NextUnit();
            var sum = 0.0;
            foreach (var logit in row) sum += Math.Exp(logit);
            for (var k = 0; k < classes; k++) row[k] -= Math.Log(sum);
        }
        return (right, rows);
    }
}
