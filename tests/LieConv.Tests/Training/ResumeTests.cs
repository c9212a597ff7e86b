using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Loop;

namespace LieConv.Tests.Training;

[Collection("Serial")]
public sealed class ResumeTests
{
    // 23 examples in batches of 5: five steps an epoch, the last of three examples.
    private static readonly TrainOptions Options = new() { Epochs = 3, Batch = 5, LearningRate = 0.01, Seed = 3 };

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(14)]
    public void Resume_AfterAnyStep_ContinuesBitForBit(int stepsBefore)
    {
        using var straightFolder = new TemporaryFolder();
        using TinyObjective straight = new TinyObjective();
        using var straightLoop = Loop(straight, straightFolder);
        var expected = straightLoop.Run(CancellationToken.None);

        using var folder = new TemporaryFolder();
        using (TinyObjective first = new TinyObjective())
        {
            var result = RunAndStopAfter(first, folder, stepsBefore);
            Assert.Equal(StopReason.Interrupted, result.Reason);
            Assert.Equal(stepsBefore, result.Progress.Step);
        }
        using TinyObjective second = new TinyObjective();
        using var resumed = Loop(second, folder);
        resumed.Resume();
        Assert.Equal(stepsBefore, resumed.Progress.Step);
        var actual = resumed.Run(CancellationToken.None);

        Assert.Equal(straight.Bits(), second.Bits());
        Assert.Equal(expected.Final!.Metrics, actual.Final!.Metrics);
        var (was, now) = (Log(straightFolder).Read(), Log(folder).Read());
        Assert.Equal(3, was.Count);
        for (var i = 0; i < was.Count; i++) Assert.Equal(was[i].Metrics, now[i].Metrics);
        Assert.Equal(was.Select(line => line.LearningRate), now.Select(line => line.LearningRate));
    }

    [Fact]
    public void Resume_WithoutAdamsState_WouldDiffer()
    {
        // The negative control: the comparison above notices a training that forgot its averages.
        using var folder = new TemporaryFolder();
        using TinyObjective straight = new TinyObjective();
        using var straightLoop = Loop(straight, folder);
        straightLoop.Run(CancellationToken.None);

        using var other = new TemporaryFolder();
        using TinyObjective first = new TinyObjective();
        RunAndStopAfter(first, other, 3);
        using var forgetful = Loop(first, other);
        forgetful.Run(CancellationToken.None);
        Assert.NotEqual(straight.Bits(), first.Bits());
    }

    [Fact]
    public void Run_InterruptedInAnEvaluation_EvaluatesAgainAfterResume()
    {
        using var folder = new TemporaryFolder();
        using (TinyObjective first = new TinyObjective())
        {
            var result = RunAndStopAfter(first, folder, 5);
            Assert.Equal(5, result.Progress.Step);
            Assert.Equal(23, result.Progress.EpochExamples);
        }
        Assert.Empty(Log(folder).Read());
        using TinyObjective second = new TinyObjective();
        using var resumed = Loop(second, folder);
        resumed.Resume();
        resumed.Run(CancellationToken.None);
        Assert.Equal([1L, 2L, 3L], Log(folder).Read().Select(line => line.Epoch));
    }

    [Fact]
    public void Resume_LogIsAheadOfTheCheckpoint_DropsItsLines()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        RunAndStopAfter(objective, folder, 7);
        Log(folder).Append(new EpochReport { Epoch = 2, Step = 10 });
        File.AppendAllText(folder.File("metrics.jsonl"), "{\"epo");
        using var resumed = Loop(objective, folder);
        resumed.Resume();
        Assert.Equal([1L], Log(folder).Read().Select(line => line.Epoch));
    }

    internal static TrainingResult RunAndStopAfter(TinyObjective objective, TemporaryFolder folder, int steps)
    {
        using var stop = new CancellationTokenSource();
        var made = 0;
        objective.Before = () =>
        {
            if (++made == steps + (steps - 1) / 5) stop.Cancel();      // an evaluation follows every fifth step
        };
        using var loop = Loop(objective, folder);
        var result = loop.Run(stop.Token);
        objective.Before = () => { };
        return result;
    }

    internal static TrainingLoop Loop(TinyObjective objective, TemporaryFolder folder, TrainOptions? options = null) =>
        new(objective, options ?? Options, new CheckpointStore(folder.File("checkpoints")), Log(folder), TrainingObserver.Silent);

    internal static MetricsLog Log(TemporaryFolder folder) => new(folder.File("metrics.jsonl"));
}
