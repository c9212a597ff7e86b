using LieConv.Datasets.Points;
using LieConv.Models;
using LieConv.Training.Preparation;
using LieConv.Training.Tasks.Points;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Points;

/// <summary>The loss of targets of every kind, against sums by hand.</summary>
[Collection("Serial")]
public sealed class PointLossTests
{
    private static readonly PointTarget Label = new("label", PointTargetKind.Class, false, ["a", "b"]);
    private static readonly PointTarget Charge = new("charge", PointTargetKind.Number, true, []);

    /// <summary>Weighted cross-entropy: the sum of w ln(1 / p) over the sum of w.</summary>
    [Theory]
    [InlineData(1.0, 1.0), InlineData(1.0, 3.0)]
    public void Compute_ClassesOfSets_IsWeightedCrossEntropy(double a, double b)
    {
        using var scope = NewDisposeScope();
        var found = Found([Label], [[a, b]]);
        using var loss = Loss(found, NumberLoss.Squared);
        // Both say b, with probability 0.8 and 0.75; right are a and b.
        var answers = new PointAnswers(tensor(new[,] { { 0, Math.Log(4) }, { 0, Math.Log(3) } }), null);
        var result = loss.Compute(answers, [tensor(new long[] { 0, 1 })], null);
        Assert.Equal((a * Math.Log(5) + b * Math.Log(4 / 3.0)) / (a + b), result.Mean.item<double>(), 12);
        Assert.Equal(1, result.Sums[PointObjective.Error]);
    }

    /// <summary>Padding does not count: errors 1, 2 and 3 of three points.</summary>
    [Theory]
    [InlineData(NumberLoss.Squared, 14 / 3.0), InlineData(NumberLoss.Absolute, 2.0)]
    public void Compute_NumbersOfPoints_IsTheMeanOverPoints(NumberLoss kind, double expected)
    {
        using var scope = NewDisposeScope();
        using var loss = Loss(Found([Charge], [[]]), kind);
        var answers = new PointAnswers(null, tensor(new[] { 1.0, -2, 0, 99 }, [2, 2, 1]));
        var mask = tensor(new[] { true, true, true, false }, [2, 2]);
        var result = loss.Compute(answers, [tensor(new[] { 0.0, 0, 3, 0 }, [2, 2])], mask);
        Assert.Equal(expected, result.Mean.item<double>(), 12);
        Assert.Equal(2 * 2.0, result.Sums[PointObjective.ScaledMae], 12);      // two sets, each the mean over points
    }

    [Fact]
    public void Compute_SeveralTargets_AddsTheirLosses()
    {
        using var scope = NewDisposeScope();
        using var loss = Loss(Found([Charge, Label], [[], [1, 1]]), NumberLoss.Squared);
        var answers = new PointAnswers(tensor(new[,] { { 0.0, 0 } }), tensor(new[] { 3.0 }, [1, 1, 1]));
        var result = loss.Compute(answers, [tensor(new[] { 1.0 }, [1, 1]), tensor(new long[] { 0 })], null);
        Assert.Equal(4 + Math.Log(2), result.Mean.item<double>(), 12);
        Assert.Empty(result.Sums);
    }

    /// <summary>Each target finds its own numbers, and in the unit of the data.</summary>
    [Fact]
    public void Readable_SeveralTargets_AreLogarithmsAndNumbersInTheirUnit()
    {
        using var scope = NewDisposeScope();
        var heads = new PointHeads(Found([Charge, Label], [[], [1, 1]]));
        Assert.Equal((2, 1), (heads.SetOutputs, heads.PointOutputs));
        var answers = new PointAnswers(tensor(new[,] { { 0, Math.Log(3) } }), tensor(new[] { 0.0, 2 }, [1, 2, 1]));
        Assert.Equal([10.0, 16], heads.Readable(answers, 0).data<double>().ToArray());   // 10 + 3 · 2
        Assert.Equal([0.25, 0.75], heads.Readable(answers, 1).exp().data<double>().Select(p => Math.Round(p, 12)));
    }

    private static PointLoss Loss(LearntScales found, NumberLoss kind) =>
        new(found, new PointHeads(found), kind, ScalarType.Float64, CPU);

    private static LearntScales Found(PointTarget[] targets, double[][] weights) => new()
    {
        Schema = new PointSchema { Coordinates = ["x"], Targets = targets }, LargestSet = 2,
        Positions = new CoordinateScale([0], 1), Values = [],
        Targets = [.. targets.Select(target => target == Charge ? new ColumnScale(10, 3) : ColumnScale.None)],
        ClassWeights = weights,
    };
}
