using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using TorchSharp;

namespace LieConv.Tests.Training;

/// <summary>Resumption with all that has a state of its own: averaged weights, plateaus, early stopping, limits of the
/// gradient, warm-up.</summary>
[Collection("Serial")]
public sealed class FullOptionsResumeTests
{
    private static readonly TrainOptions Options = new()
    {
        Epochs = 8, Batch = 5, LearningRate = 0.01, Seed = 3, Schedule = ScheduleKind.Plateau, PlateauPatience = 1,
        WarmUp = 0.2, GradientLimit = 1.5, WeightDecay = 0.1, GradientClip = 0.5, Ema = 0.9, EarlyStopping = 3,
    };

    /// <summary>Plateaus at the evaluations 3, 5, 6 and 7, the last of which ends the training.</summary>
    private static readonly double[] Errors = [0.9, 0.8, 0.85, 0.7, 0.75, 0.8, 0.8, 0.8];

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(27)]
    [InlineData(34)]
    public void Resume_AfterAnyStep_CheckpointsProgressAndRatesAreTheSame(int stepsBefore)
    {
        using var straightFolder = new TemporaryFolder();
        var expected = Run(straightFolder, null);
        Assert.Equal((StopReason.EarlyStopping, 35, 4), (expected.Reason, expected.Progress.Step, expected.FinalEpoch));
        Assert.Equal(4, expected.Progress.RateReductions);

        using var folder = new TemporaryFolder();
        Assert.Equal(StopReason.Interrupted, Run(folder, stepsBefore).Reason);
        var actual = Run(folder, null);
        Assert.Equal(expected.Final!.Metrics, actual.Final!.Metrics);
        Assert.Equal(Plain(expected.Progress), Plain(actual.Progress));
        foreach (var name in new[] { CheckpointStore.Last, CheckpointStore.Best })
            Assert.Equal(Store(straightFolder).ReadManifest(name).Sha256, Store(folder).ReadManifest(name).Sha256);
        var (was, now) = (ResumeTests.Log(straightFolder).Read(), ResumeTests.Log(folder).Read());
        Assert.Equal(was.Select(line => line.LearningRate), now.Select(line => line.LearningRate));
        Assert.Equal(was.SelectMany(line => line.Metrics), now.SelectMany(line => line.Metrics));
    }

    /// <summary>A checkpoint of before there were averages, and one that was imported.</summary>
    [Fact]
    public void Resume_CheckpointHasNoAverage_StartsItAtTheLoadedWeights()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        ResumeTests.RunAndStopAfter(objective, folder, 7);
        var before = objective.Bits();
        using var loop = ResumeTests.Loop(objective, folder, new TrainOptions { Epochs = 3, Batch = 5, Ema = 0.9 });
        loop.Resume();
        Assert.Equal(before, objective.Bits());
        using var average = new LieConv.Training.Optimization.WeightAverage(objective.Model, 0.9);
        using (var adam = torch.optim.Adam(objective.Model.parameters()))
        {
            using (torch.no_grad()) objective.Model.parameters().First().add_(1);
            average.Restart();
            Store(folder).Load(CheckpointStore.Last, objective, adam, average);
        }
        using (average.Lend()) Assert.Equal(before, objective.Bits());
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Resume_CheckpointIsAveragedAndTheRunNot_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Run(folder, 7);
        using TinyObjective objective = new TinyObjective(validation: true);
        using var loop = ResumeTests.Loop(objective, folder, Options with { Ema = 0 });
        Assert.Equal(
            "Checkpoint 'last' has averaged weights, but this run averages none; expected train.ema above 0.",
            Assert.Throws<InvalidDataException>(loop.Resume).Message);
    }

    private static TrainingResult Run(TemporaryFolder folder, int? steps)
    {
        using TinyObjective objective = new TinyObjective(validation: true);
        using var stop = new CancellationTokenSource();
        using var loop = WatchedLoop.Of(objective, folder, Options, progress =>
        {
            if (progress.Step == steps) stop.Cancel();
        });
        if (Store(folder).Exists(CheckpointStore.Last)) loop.Resume();
        var evaluated = ResumeTests.Log(folder).Read().Count;
        foreach (var error in Errors.Skip(evaluated)) objective.ValidationErrors.Enqueue(error);
        return loop.Run(stop.Token);
    }

    private static CheckpointStore Store(TemporaryFolder folder) => new(folder.File("checkpoints"));

    private static object Plain(TrainingProgress progress) => (
        progress.Step, progress.EpochExamples, progress.BestValue, progress.BestEpoch, progress.GradientLength,
        progress.EvaluationsSinceBest, progress.RateReductions);
}
