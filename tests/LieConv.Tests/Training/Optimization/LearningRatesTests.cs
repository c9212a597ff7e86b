using LieConv.Tests.Support;
using LieConv.Training.Learning;
using LieConv.Training.Optimization;

namespace LieConv.Tests.Training.Optimization;

[Collection("Serial")]
public sealed class LearningRatesTests
{
    private static readonly TrainOptions Constant = new() { LearningRate = 0.8, Schedule = ScheduleKind.Constant };

    /// <summary>Four of forty steps: a quarter of the rate, a half, three quarters, all of it.</summary>
    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(1, 0.4)]
    [InlineData(2, 0.6)]
    [InlineData(3, 0.8)]
    [InlineData(4, 0.8)]
    [InlineData(39, 0.8)]
    public void RateAt_WarmUp_RisesLinearlyFromTheFirstStep(long step, double expected) =>
        Assert.Equal(expected, new LearningRates(Constant with { WarmUp = 0.1 }, 40).RateAt(step, 0), 12);

    [Fact]
    public void RateAt_WarmUpAndCosine_IsTheirProduct()
    {
        var rates = new LearningRates(Constant with { Schedule = ScheduleKind.Cosine, WarmUp = 0.1 }, 40);
        Assert.Equal(0.5 * CosineSchedule.RateAt(0.8, 1, 40), rates.RateAt(1, 0), 12);
        Assert.Equal(CosineSchedule.RateAt(0.8, 20, 40), rates.RateAt(20, 0));
        Assert.Equal(0, rates.RateAt(40, 0), 12);
    }

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(1, 0.2)]
    [InlineData(2, 0.05)]
    public void RateAt_Plateaus_MultiplyTheRate(long reductions, double expected)
    {
        var options = Constant with { Schedule = ScheduleKind.Plateau, PlateauFactor = 0.25 };
        Assert.Equal(expected, new LearningRates(options, 40).RateAt(17, reductions), 12);
    }

    [Fact]
    public void RateAt_NoWarmUp_IsTheCosineOfOldTrainings()
    {
        var rates = new LearningRates(new TrainOptions(), 40);
        for (var step = 0; step < 40; step++)
            Assert.Equal(CosineSchedule.RateAt(0.003, step, 40), rates.RateAt(step, 3));
    }

    /// <summary>The third evaluation is the second without progress, the fifth the fourth; the sixth starts
    /// anew.</summary>
    [Fact]
    public void Run_Plateau_LowersTheRateOfTheEpochsAfterIt()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective(validation: true);
        foreach (var error in new[] { 0.5, 0.6, 0.5, 0.7, 0.9, 0.4, 0.5, 0.6 }) objective.ValidationErrors.Enqueue(error);
        using var loop = ResumeTests.Loop(objective, folder, new TrainOptions
        {
            Epochs = 9, Batch = 5, LearningRate = 0.08, Schedule = ScheduleKind.Plateau, PlateauFactor = 0.5,
            PlateauPatience = 2,
        });
        var result = loop.Run(CancellationToken.None);
        Assert.Equal(
            [0.08, 0.08, 0.08, 0.04, 0.04, 0.02, 0.02, 0.02, 0.01],
            ResumeTests.Log(folder).Read().Select(line => line.LearningRate));
        Assert.Equal(3, result.Progress.RateReductions);
    }

    [Fact]
    public void Run_WarmUp_IsWhatAdamMakesItsStepsWith()
    {
        double FirstStep(double warmUp)
        {
            using var folder = new TemporaryFolder();
            using TinyObjective objective = new TinyObjective();
            var before = Weight(objective);
            var after = before;
            var options = Constant with { LearningRate = 0.01, Epochs = 4, Batch = 5, WarmUp = warmUp };
            using var loop = WatchedLoop.Of(objective, folder, options, progress =>
            {
                if (progress.Step == 1) after = Weight(objective);
            });
            loop.Run(CancellationToken.None);
            return Math.Abs(after - before);
        }

        // Adam's first step is as long as its rate, whatever the gradient.
        Assert.Equal(0.01, FirstStep(0), 4);
        Assert.Equal(0.001, FirstStep(0.5), 5);
    }

    private static double Weight(TinyObjective objective)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return objective.Model.state_dict()["0.weight"][0, 0].item<float>();
    }
}
