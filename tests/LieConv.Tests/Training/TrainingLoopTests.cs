using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Randomness;
using TorchSharp;

namespace LieConv.Tests.Training;

[Collection("Serial")]
public sealed class TrainingLoopTests
{
    private static readonly TrainOptions Options = new() { Epochs = 4, Batch = 5, LearningRate = 0.02 };

    [Fact]
    public void Run_WithoutValidation_TheLastEpochIsTheResultAndTestIsEvaluatedOncePerEpoch()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        using var loop = ResumeTests.Loop(objective, folder, Options);
        var result = loop.Run(CancellationToken.None);
        Assert.Equal(4, result.FinalEpoch);
        Assert.Equal(Enumerable.Repeat(DataSplit.Test, 4), objective.Evaluated);
        Assert.False(File.Exists(folder.File("checkpoints/best.json")));
        var errors = ResumeTests.Log(folder).Read().Select(line => line.Metrics["train.error"]).ToArray();
        Assert.True(errors[3] < errors[0], "training did not reduce the error");
    }

    /// <summary>Without a limit one steep gradient keeps Adam's steps short for long after.</summary>
    [Fact]
    public void Run_OneSteepGradient_IsShortenedToTheLimit()
    {
        double LastError(double limit)
        {
            using var folder = new TemporaryFolder();
            using TinyObjective objective = new TinyObjective { SteepStep = 2 };
            using var loop = ResumeTests.Loop(objective, folder, Options with { Epochs = 40, GradientLimit = limit });
            var result = loop.Run(CancellationToken.None);
            Assert.Equal(limit > 0, result.Progress.GradientLength > 0);
            return ResumeTests.Log(folder).Read()[^1].Metrics["train.error"];
        }
        var (limited, free) = (LastError(3), LastError(0));
        Assert.True(limited < 0.8 * free, $"{limited}, without a limit {free}");
    }

    [Fact]
    public void Run_WithValidation_EvaluatesTheBestEpochOnTestOnce()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective(validation: true);
        foreach (var error in new[] { 0.5, 0.2, 0.4, 0.3 }) objective.ValidationErrors.Enqueue(error);
        using var loop = ResumeTests.Loop(objective, folder, Options);
        var result = loop.Run(CancellationToken.None);
        Assert.Equal(2, result.FinalEpoch);
        Assert.Equal(0.2, result.Progress.BestValue);
        Assert.Equal(
            [.. Enumerable.Repeat(DataSplit.Validation, 4), DataSplit.Test], objective.Evaluated);
        var store = new CheckpointStore(folder.File("checkpoints"));
        Assert.Equal(10, store.ReadManifest(CheckpointStore.Best).Progress.Step);
        Assert.Equal(20, store.ReadManifest(CheckpointStore.Last).Progress.Step);
    }

    /// <summary>Of equal errors the smaller loss is the best, in one session and in two, and patience counts what it did: by
    /// the error alone. What is not finite is worse than any loss.</summary>
    [Theory]
    [InlineData("loss", 4, 20), InlineData(null, 2, 20)]
    public void Run_EqualErrors_TheSmallerLossIsTheBest(string? tie, int epoch, int steps)
    {
        foreach (var stopped in new int?[] { null, 12 })
        {
            using var folder = new TemporaryFolder();
            using TinyObjective objective = new TinyObjective(validation: true, tie: tie);
            foreach (var error in new[] { 0.5, 0.2, 0.2, 0.2 }) objective.ValidationErrors.Enqueue(error);
            foreach (var loss in new[] { 0.1, double.NaN, 0.8, 0.7 }) objective.ValidationLosses.Enqueue(loss);
            var options = Options with { EarlyStopping = 3 };
            if (stopped is { } step)
            {
                using var stop = new CancellationTokenSource();
                using var first = WatchedLoop.Of(objective, folder, options, progress =>
                {
                    if (progress.Step == step) stop.Cancel();
                });
                Assert.Equal(StopReason.Interrupted, first.Run(stop.Token).Reason);
            }
            using var loop = ResumeTests.Loop(objective, folder, options);
            if (stopped is not null) loop.Resume();
            var result = loop.Run(CancellationToken.None);
            Assert.Equal((epoch, 2), (result.FinalEpoch, result.Progress.EvaluationsSinceBest));
            Assert.Equal((long)epoch * 5,
                new CheckpointStore(folder.File("checkpoints")).ReadManifest(CheckpointStore.Best).Progress.Step);
            Assert.Equal(steps, result.Progress.Step);
        }
    }

    /// <summary>A checkpoint of before second metrics were noted has none to compare with: the first epoch stays.</summary>
    [Fact]
    public void WithValidation_NothingWasNoted_KeepsTheFirst()
    {
        var old = new TrainingProgress { BestValue = 0.2, BestEpoch = 2 };
        Assert.Equal(2, old.WithValidation(3, 0.2, 0.1, 0).BestEpoch);
        var better = old.WithValidation(3, 0.1, 0.5, 0);
        Assert.Equal((3, 0.5), (better.BestEpoch, better.BestTie));
        Assert.DoesNotContain("bestTie", System.Text.Json.JsonSerializer.Serialize(old, Line), StringComparison.Ordinal);
        Assert.Equal(better, System.Text.Json.JsonSerializer.Deserialize<TrainingProgress>(
            System.Text.Json.JsonSerializer.Serialize(better, Line), Line)! with { EpochSums = better.EpochSums });
    }

    private static System.Text.Json.JsonSerializerOptions Line => LieConv.Training.Json.JsonFormat.Line;

    [Fact]
    public void Run_EvaluateEveryThird_EvaluatesThatAndTheLast()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        using var loop = ResumeTests.Loop(objective, folder, Options with { EvaluateEvery = 3 });
        loop.Run(CancellationToken.None);
        Assert.Equal([3L, 4L], ResumeTests.Log(folder).Read()
            .Where(line => line.Metrics.ContainsKey("test.error")).Select(line => line.Epoch));
    }

    [Fact]
    public void Run_TimeIsUsedUp_StopsEvaluatesAndCanBeResumed()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        using (var loop = ResumeTests.Loop(objective, folder, Options with { MaxMinutes = 1e-9 }))
        {
            var result = loop.Run(CancellationToken.None);
            Assert.Equal(StopReason.TimeBudget, result.Reason);
            Assert.NotNull(result.Final);
        }
        using var resumed = ResumeTests.Loop(objective, folder, Options);
        resumed.Resume();
        Assert.Equal(StopReason.Completed, resumed.Run(CancellationToken.None).Reason);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Run_LossIsNotFinite_SaysWhereAndKeepsTheParameters()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective { Diverges = true };
        using var loop = ResumeTests.Loop(objective, folder, Options);
        var parameters = objective.Model.parameters().Select(p => p.bytes.ToArray()).ToArray();
        var failure = Assert.Throws<TrainingFailedException>(() => loop.Run(CancellationToken.None));
        Assert.Equal("The loss is not finite at step 1 (epoch 1): try a smaller learning rate.", failure.Message);
        Assert.Equal(parameters, objective.Model.parameters().Select(p => p.bytes.ToArray()));
    }

    [Fact]
    public void Run_ManySteps_KeepsNoTensors()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        using var loop = ResumeTests.Loop(objective, folder, Options);
        loop.Run(CancellationToken.None);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var longer = ResumeTests.Loop(objective, folder, Options with { Epochs = 40 }))
        {
            longer.Resume();
            longer.Run(CancellationToken.None);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(0, 0.003)]
    [InlineData(50, 0.0015)]
    [InlineData(100, 0)]
    public void RateAt_Step_FollowsTheCosineWithoutLag(long step, double expected) =>
        Assert.Equal(expected, CosineSchedule.RateAt(0.003, step, 100), 12);

    [Fact]
    public void SeedOf_PurposesAndIndices_NeverCollide()
    {
        var seeds = new SeedSequence(0);
        var all = from purpose in Enum.GetValues<RandomPurpose>() from i in Enumerable.Range(0, 5000) select seeds.SeedOf(purpose, i);
        Assert.Equal(25_000, all.Distinct().Count());
        Assert.NotEqual(seeds.SeedOf(RandomPurpose.Step, 0), new SeedSequence(1).SeedOf(RandomPurpose.Step, 0));
    }

    [Fact]
    public void Validate_AllWrong_ListsEveryError()
    {
        var options = new TrainOptions
        {
            Epochs = 0, Batch = 0, LearningRate = -1, EvaluateEvery = 0, EvaluationBatch = 0, Threads = -1,
            Device = "tpu", Precision = "half", MaxMinutes = double.NaN, CheckpointMinutes = 0,
            GradientLimit = 0.5, GradientClip = -1, Ema = 1, EarlyStopping = -1, WarmUp = 1.5, PlateauFactor = 1,
            PlateauPatience = 0, Schedule = (ScheduleKind)7,
        };
        Assert.Equal(18, options.Validate().Count);
        Assert.Equal(18, options.Validate(hasValidation: true).Count);
        Assert.Empty(new TrainOptions().Validate());
    }
}
