using LieConv.Training.Figures;

namespace LieConv.Tests.Training.Figures;

public sealed class WorstExamplesTests
{
    [Fact]
    public void OfClasses_Errors_ComeByConfidence()
    {
        double[] rows = [.. new[] { 0.9, 0.1, 0.4, 0.6, 0.2, 0.8, double.NaN, double.NaN }.Select(p => Math.Log(p))];
        Assert.Equal([2, 1], WorstExamples.OfClasses([0, 0, 0, 0], rows, 2, 5));
        Assert.Equal([3, 2], WorstExamples.OfClasses([0, 0, 0, 1], rows, 2, 2));
    }

    [Fact]
    public void OfNumbersAndPoints_Errors_ComeBySize()
    {
        Assert.Equal([3, 1, 2], WorstExamples.OfNumbers([0, 5, 3, double.NaN], [0, 1, 6, 0], 3));
        Assert.Equal([1, 0], WorstExamples.OfPoints([1, 1, 1.5, 0, 4], [2, 3], 5));
    }
}
