using LieConv.Datasets.Points;
using LieConv.Training.Preparation;
using LieConv.Training.Tasks.Points;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Points;

/// <summary>Sets of points as a network sees them.</summary>
[Collection("Serial")]
public sealed class PointBatchTests
{
    /// <summary>Positions less the centre over the one scale, values each over its own, by hand.</summary>
    [Fact]
    public void ToPoints_SetsOfTwoSizes_AreScaledAndPadded()
    {
        using var scope = NewDisposeScope();
        var batch = new PointBatch(Scales(["q"]));
        batch.Add(1, [5, 6], [7]);
        batch.Add(2, [1, 2, 3, 4], [1, 3]);
        var points = batch.ToPoints(ScalarType.Float64, CPU);
        Assert.Equal(2, batch.Width);
        Assert.Equal([1, 2], batch.Sizes);
        Assert.Equal([2.0, 2, 0, 0, 0, 0, 1, 1], points.Coordinates.data<double>().ToArray());
        Assert.Equal([1.5, 0, 0, 0.5], points.Values.data<double>().ToArray());
        Assert.Equal([true, false, true, true], points.Mask!.data<bool>().ToArray());
        Assert.Equal([2L, 2, 2], points.Coordinates.shape);
        Assert.Equal([2L, 2, 1], points.Values.shape);
    }

    [Fact]
    public void ToPoints_SetsOfOneSizeWithoutValues_HaveNoMaskAndAConstant()
    {
        using var scope = NewDisposeScope();
        var batch = new PointBatch(Scales([]));
        batch.Add(2, [1, 2, 3, 4], []);
        var points = batch.ToPoints(ScalarType.Float32, CPU);
        Assert.Null(points.Mask);
        Assert.Equal([1f, 1], points.Values.data<float>().ToArray());
    }

    private static LearntScales Scales(string[] values) => new()
    {
        Schema = new PointSchema
        {
            Coordinates = ["x", "y"], Values = [.. values.Select(name => new PointValue(name, []))],
        },
        LargestSet = 2, Positions = new CoordinateScale([1, 2], 2),
        Values = [.. values.Select(_ => new ColumnScale(1, 4))], Targets = [], ClassWeights = [],
    };
}
