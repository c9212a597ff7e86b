using LieConv.Groups;
using LieConv.Models;
using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Classification;
using LieConv.Training.Learning;
using LieConv.Training.Loop;
using LieConv.Training.Tasks.Digits;
using static TorchSharp.torch;

namespace LieConv.Tests.Training;

/// <summary>The real network, with its radius, batch statistics and draws, in place of the stand-in of ResumeTests.</summary>
[Collection("Serial")]
public sealed class ImageResumeTests
{
    private static readonly TrainOptions Options = new() { Epochs = 2, Batch = 4, Seed = 5, EvaluationBatch = 3 };

    [Theory]
    [InlineData("T2", 1, "float32", 0)]
    [InlineData("T2", 1, "float32", 0.9)]
    [InlineData("SE2:0.05", 2, "float32", 0.9)]
    [InlineData("RxSO2", 1, "float64", 0)]
    public void Resume_SixStepsAgainstThreeAndThree_AllTensorsAreBitIdentical(
        string group, int lifts, string precision, double ema)
    {
        // 13 images in batches of 4: step 3 is in the middle of an epoch, step 6 in that of the next.
        var straight = Steps(group, lifts, precision, ema, null, 6);
        using var folder = new TemporaryFolder();
        Steps(group, lifts, precision, ema, folder, 3);
        var resumed = Steps(group, lifts, precision, ema, folder, 6);
        Assert.Equal(straight.State.Keys, resumed.State.Keys);
        Assert.Equal(ema > 0, straight.State.Keys.Any(name => name.StartsWith("current.", StringComparison.Ordinal)));
        foreach (var (name, bytes) in straight.State) Assert.True(bytes.SequenceEqual(resumed.State[name]), name);
        Assert.Equal(straight.Progress.EpochSums, resumed.Progress.EpochSums);
        Assert.Equal(straight.Progress.EpochExamples, resumed.Progress.EpochExamples);
    }

    [Fact]
    public void LoadModel_TrainedNetwork_ReproducesItsOutputsExactly()
    {
        using var folder = new TemporaryFolder();
        using var data = TinyImages.Create();
        using var trained = Network("SE2:0.05", 2);
        ImageObjective objective = new ImageObjective(trained, 3, data, Options, Identity);
        using var loop = new TrainingLoop(objective, Options, new CheckpointStore(folder.File("c")), new MetricsLog(folder.File("m")), TrainingObserver.Silent);
        var final = (ClassificationEvaluation)loop.Run(CancellationToken.None).Final!;

        random.manual_seed(99);
        using var fresh = Network("SE2:0.05", 2);
        ImageObjective other = new ImageObjective(fresh, 3, data, Options, Identity);
        new CheckpointStore(folder.File("c")).LoadModel(CheckpointStore.Last, other);
        fresh.eval();
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var again = (ClassificationEvaluation)other.Evaluate(DataSplit.Test, (_, _) => { }, CancellationToken.None);
        Assert.Equal(final.Metrics, again.Metrics);
        Assert.Equal(final.Worst, again.Worst);
    }

    private static readonly Dictionary<string, string> Identity = new() { ["group"] = "any" };

    private static (Dictionary<string, byte[]> State, TrainingProgress Progress) Steps(
        string group, int lifts, string precision, double ema, TemporaryFolder? folder, int until)
    {
        using var temporary = folder is null ? new TemporaryFolder() : null;
        var path = (folder ?? temporary!).File("checkpoints");
        using var data = TinyImages.Create();
        random.manual_seed(4);
        using var model = Network(group, lifts);
        var options = Options with { Precision = precision, Ema = ema };
        ImageObjective objective = new ImageObjective(model, 3, data, options, Identity);
        using var stop = new CancellationTokenSource();
        var observer = new StopAfter(until, stop);
        using var loop = new TrainingLoop(objective, options, new CheckpointStore(path), new MetricsLog(path + ".jsonl"), observer);
        if (Directory.Exists(path)) loop.Resume();
        var result = loop.Run(stop.Token);
        Assert.Equal(until, result.Progress.Step);
        using var contents = new CheckpointStore(path).Read(CheckpointStore.Last);
        return (contents.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.bytes.ToArray()), result.Progress);
    }

    private static ImageLieResNet Network(string group, int lifts) => new(LieGroups.Parse(group), new ImageLieResNetOptions
    {
        Height = TinyImages.Size, Width = TinyImages.Size, Channels = 8, Layers = 2, Outputs = 3,
        Block = new() { SampleCount = 6, LiftSamples = lifts },
        TotalDownsampling = 0.3,
    });

    private sealed class StopAfter(long step, CancellationTokenSource stop) : TrainingObserver
    {
        public override void OnStep(TrainingProgress progress, long totalSteps, int examples, double seconds)
        {
            if (progress.Step == step) stop.Cancel();
        }

        public override void OnEvaluation(DataSplit split, long done, long total)
        {
        }

        public override void OnEpoch(EpochReport report)
        {
        }
    }
}
