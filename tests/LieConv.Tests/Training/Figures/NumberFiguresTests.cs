using LieConv.Training.Figures;

namespace LieConv.Tests.Training.Figures;

public sealed class NumberFiguresTests
{
    // The example of scikit-learn's mean_absolute_error, mean_squared_error and r2_score.
    [Fact]
    public void Compute_ExampleOfScikitLearn_GivesItsNumbers()
    {
        var figures = NumberFigures.Compute([2.5, 0.0, 2, 8], [3, -0.5, 2, 7], "eV");
        Assert.Equal(0.5, figures.Mae, 12);
        Assert.Equal(Math.Sqrt(0.375), figures.Rmse, 12);
        Assert.Equal(0.9486081370449679, figures.R2!.Value, 12);
        Assert.Equal(0.25, figures.Bias, 12);
        Assert.Equal((4, "eV"), (figures.Count, figures.Unit));
    }

    [Fact]
    public void R2_ConstantTruth_IsLeftOut()
    {
        var figures = NumberFigures.Compute([1, 2], [0.1, 0.1]);
        Assert.Null(figures.R2);
        Assert.DoesNotContain("r2", figures.Metrics().Keys);
    }

    /// <summary>Far from 0 the sum of squares less the square of the sum would be rounding alone.</summary>
    [Fact]
    public void R2_FarFromZero_IsThatOfTheDifferences()
    {
        var near = NumberFigures.Compute([2.5, 0.0, 2, 8], [3, -0.5, 2, 7]);
        var far = NumberFigures.Compute([1e9 + 2.5, 1e9, 1e9 + 2, 1e9 + 8], [1e9 + 3, 1e9 - 0.5, 1e9 + 2, 1e9 + 7]);
        Assert.Equal(near.R2!.Value, far.R2!.Value, 9);
    }

    [Fact, Trait("Category", "Faults")]
    public void Compute_None_IsRefused() =>
        Assert.Throws<ArgumentException>(() => NumberFigures.Compute([], []));
}
