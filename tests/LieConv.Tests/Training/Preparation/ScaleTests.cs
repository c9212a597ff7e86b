using LieConv.Training.Preparation;

namespace LieConv.Tests.Training.Preparation;

public sealed class ScaleTests
{
    // The example of scikit-learn's compute_class_weight.
    [Fact]
    public void ClassWeights_ExampleOfScikitLearn_AreItsNumbers() =>
        Assert.Equal([1.5, 0.75], ClassWeights.Compute([2, 4], ClassWeighting.Balanced));

    [Fact]
    public void ClassWeights_RareAndMissingClasses_AreCappedAndLeftAlone()
    {
        Assert.Equal([1000.0 / 2 / 999, 10, 1], ClassWeights.Compute([999, 1, 0], ClassWeighting.Balanced));
        Assert.Equal(3, ClassWeights.Compute([999, 1, 0], ClassWeighting.Balanced, 3)[1]);
        Assert.Equal([1.0, 1, 1], ClassWeights.Compute([999, 1, 0], ClassWeighting.None));
        Assert.Throws<ArgumentException>(() => ClassWeights.Compute([1], ClassWeighting.Balanced, 0.5));
    }

    // The example of scikit-learn's StandardScaler: mean 0.5 and deviation 0.5 of both columns; [2, 2] becomes [3, 3].
    [Fact]
    public void ColumnScale_ExampleOfScikitLearn_IsItsNumbers()
    {
        var moments = new ColumnMoments(2);
        moments.Add([0, 0, 0, 0]);
        moments.Add([1, 1, 1, 1]);
        Assert.All(moments.Scales, scale => Assert.Equal(new ColumnScale(0.5, 0.5), scale));
        double[] row = [2, 2];
        ColumnScale.Apply(row, moments.Scales);
        Assert.Equal([3.0, 3], row);
        Assert.Equal(2, moments.ScaleOf(0).Invert(3));
    }

    /// <summary>0.1 three times has a mean that is not 0.1 in binary: the column is constant all the same.</summary>
    [Fact]
    public void ColumnScale_ConstantColumns_LoseTheirMeanOnly()
    {
        var moments = new ColumnMoments(3);
        for (var i = 0; i < 1000; i++) moments.Add([0.1, 1e9, 1e9 + (i % 2)]);
        Assert.True(moments.IsConstant(0) && moments.IsConstant(1));
        Assert.Equal(1, moments.ScaleOf(0).Scale);
        Assert.Equal(0, moments.ScaleOf(1).Apply(1e9));
        Assert.Equal(0.5, moments.ScaleOf(2).Scale, 6);
        Assert.Equal(new ColumnScale(0, 1), new ColumnMoments(1).ScaleOf(0));
    }

    [Fact, Trait("Category", "Faults")]
    public void ColumnMoments_NotFiniteOrTorn_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ColumnMoments(1).Add([double.NaN]));
        Assert.Throws<ArgumentException>(() => new ColumnMoments(2).Add([1, 2, 3]));
    }

    /// <summary>By hand: deviations ±1 in x and ±2 in y in both sets, a hundred apart: sqrt((1 + 4) / 2).</summary>
    [Fact]
    public void CoordinateScale_SetsFarApart_IsThatOfTheShapes()
    {
        var moments = new CoordinateMoments(2);
        moments.Add([-1, -2, 1, 2]);
        moments.Add([99, -2, 101, 2]);
        var scale = moments.Scale(centred: false);
        Assert.Equal(Math.Sqrt(2.5), scale.Scale, 12);
        Assert.Equal([0.0, 0], scale.Centre);
        Assert.Equal([50.0, 0], moments.Scale(centred: true).Centre);
        double[] point = [50, Math.Sqrt(2.5)];
        moments.Scale(centred: true).Apply(point);
        Assert.Equal(0, point[0], 12);
        Assert.Equal(1, point[1], 12);
    }

    /// <summary>One scale for all coordinates: turning all sets turns the scaled ones.</summary>
    [Fact]
    public void CoordinateScale_TurnedSets_IsTheSame()
    {
        var (plain, turned) = (new CoordinateMoments(2), new CoordinateMoments(2));
        double[] points = [3, 0, 1, 7, -2, 0.5];
        var (sin, cos) = Math.SinCos(0.7);
        plain.Add(points);
        turned.Add([.. points.Chunk(2).SelectMany(p => new[] { cos * p[0] - sin * p[1], sin * p[0] + cos * p[1] })]);
        Assert.Equal(plain.Scale(false).Scale, turned.Scale(false).Scale, 12);
    }

    [Fact]
    public void CoordinateScale_SinglePointsAndNone_IsThatBetweenSetsOrOne()
    {
        var moments = new CoordinateMoments(2);
        Assert.Equal(1, moments.Scale(false).Scale);
        moments.Add([3, 4]);
        Assert.Equal(1, moments.Scale(false).Scale);
        moments.Add([-3, -4]);
        Assert.Equal(Math.Sqrt((9 + 16) / 2.0), moments.Scale(false).Scale, 12);
    }
}
