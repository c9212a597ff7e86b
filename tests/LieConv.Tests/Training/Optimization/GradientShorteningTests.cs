using LieConv.Tests.Support;
using LieConv.Training.Learning;
using LieConv.Training.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Optimization;

[Collection("Serial")]
public sealed class GradientShorteningTests
{
    private const double Clip = 0.05;

    [Fact]
    public void Run_Clip_BoundsTheLengthOfEveryStepsGradient()
    {
        var (clipped, free) = (Lengths(Clip), Lengths(0));
        Assert.Equal(20, clipped.Count);
        Assert.All(clipped, length => Assert.InRange(length, 0, Clip * 1.0001));
        Assert.Contains(clipped, length => length > 0.99 * Clip);
        Assert.Contains(free, length => length > 2 * Clip);
    }

    /// <summary>(3, 4) has length 5.</summary>
    [Theory]
    [InlineData(0, 0, 1.0, 5, 1.0)]
    [InlineData(0, 2, 0.0, 2, 0.0)]
    [InlineData(0, 9, 0.0, 5, 0.0)]
    [InlineData(2, 0, 0.0, 5, 5.0)]
    [InlineData(2, 0, 1.0, 2, 1.02)]
    [InlineData(2, 1, 1.0, 1, 1.02)]
    [InlineData(2, 4, 1.0, 2, 1.02)]
    public void Apply_Limits_TheSmallerOneHoldsAndTheUsualLengthIgnoresTheClip(
        double limit, double clip, double usual, double expected, double usualAfter)
    {
        using var parameter = new Parameter(zeros(2));
        parameter.grad = tensor(new[] { 3f, 4f });
        var shortening = new GradientShortening(
            new TrainOptions { GradientLimit = limit, GradientClip = clip }, [parameter]);
        Assert.Equal(usualAfter, shortening.Apply(usual), 6);
        using var scope = NewDisposeScope();
        Assert.Equal(expected, parameter.grad!.norm().item<float>(), 4);
    }

    private static List<double> Lengths(double clip)
    {
        var lengths = new List<double>();
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        using var loop = WatchedLoop.Of(
            objective, folder, new TrainOptions { Epochs = 4, Batch = 5, GradientClip = clip }, _ =>
            {
                using var scope = NewDisposeScope();
                var squares = objective.Model.parameters()
                    .Sum(parameter => (double)parameter.grad!.square().sum().item<float>());
                lengths.Add(Math.Sqrt(squares));
            });
        loop.Run(CancellationToken.None);
        return lengths;
    }
}
