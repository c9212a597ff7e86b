using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Optimization;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Optimization;

[Collection("Serial")]
public sealed class WeightAverageTests
{
    private const double Decay = 0.3;

    private static readonly TrainOptions Options = new() { Epochs = 2, Batch = 5, LearningRate = 0.05, Ema = Decay };

    /// <summary>0.1 of the start, then 2/11, 3/12, 4/13 and 0.3 from the fifth step on.</summary>
    [Fact]
    public void Run_Ema_TheResultIsTheAverageComputedByHand()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        var expected = Values(objective);
        var current = expected;
        using var loop = WatchedLoop.Of(objective, folder, Options, progress =>
        {
            var step = progress.Step - 1;
            var decay = Math.Min(Decay, (1.0 + step) / (10 + step));
            current = Values(objective);
            expected = expected.ToDictionary(
                pair => pair.Key,
                pair => pair.Value.Zip(current[pair.Key], (a, w) => decay * a + (1 - decay) * w).ToArray());
        });
        loop.Run(CancellationToken.None);

        Near(expected, Values(objective));
        Assert.Throws<Xunit.Sdk.AllException>(() => Near(current, Values(objective)));
        using var contents = new CheckpointStore(folder.File("checkpoints")).Read(CheckpointStore.Last);
        var saved = contents.Tensors;
        Near(expected, expected.Keys.ToDictionary(key => key, key => Doubles(saved["model." + key])));
        Near(current, expected.Keys.ToDictionary(key => key, key => Doubles(saved["current." + key])));
        Assert.False(saved.ContainsKey("current.1.num_batches_tracked"));
    }

    [Fact]
    public void Run_Ema_EvaluatesTheAverageAndTrainsOnAsIfThereWereNone()
    {
        using var plainFolder = new TemporaryFolder();
        using var folder = new TemporaryFolder();
        using TinyObjective plain = new TinyObjective();
        using TinyObjective averaged = new TinyObjective();
        using var plainLoop = ResumeTests.Loop(plain, plainFolder, Options with { Ema = 0 });
        using var loop = ResumeTests.Loop(averaged, folder, Options);
        plainLoop.Run(CancellationToken.None);
        var final = loop.Run(CancellationToken.None).Final!;
        var (was, now) = (ResumeTests.Log(plainFolder).Read(), ResumeTests.Log(folder).Read());
        Assert.Equal(was.Select(line => line.Metrics["train.loss"]), now.Select(line => line.Metrics["train.loss"]));
        for (var i = 0; i < was.Count; i++)
            Assert.NotEqual(was[i].Metrics["test.error"], now[i].Metrics["test.error"]);
        Assert.Equal(now[^1].Metrics["test.error"], final.Metrics["error"]);

        // What the run leaves to be used gives the same figure.
        using TinyObjective loaded = new TinyObjective();
        new CheckpointStore(folder.File("checkpoints")).LoadModel(CheckpointStore.Last, loaded);
        loaded.Model.eval();
        using var scope = NewDisposeScope();
        var again = loaded.Evaluate(DataSplit.Test, (_, _) => { }, CancellationToken.None);
        Assert.Equal(final.Metrics, again.Metrics);
    }

    [Fact]
    public void Run_EmaWithValidation_TheBestCheckpointsModelIsTheAverage()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective(validation: true);
        foreach (var error in new[] { 0.5, 0.2, 0.4 }) objective.ValidationErrors.Enqueue(error);
        using var loop = ResumeTests.Loop(objective, folder, Options with { Epochs = 3 });
        Assert.Equal(2, loop.Run(CancellationToken.None).FinalEpoch);
        using var best = new CheckpointStore(folder.File("checkpoints")).Read(CheckpointStore.Best);
        Assert.Equal(Values(objective)["0.weight"], Doubles(best.Tensors["model.0.weight"]));
        Assert.NotEqual(Values(objective)["0.weight"], Doubles(best.Tensors["current.0.weight"]));
    }

    [Fact]
    [NoTensorLeaks]
    public void Lend_Returned_TheBitsAreThoseOfBefore()
    {
        using var scope = NewDisposeScope();
        using TinyObjective objective = new TinyObjective();
        using var average = new WeightAverage(objective.Model, 0.9);
        using (no_grad()) objective.Model.parameters().First().add_(0.1);
        var before = objective.Bits();
        using (average.Lend()) Assert.NotEqual(before, objective.Bits());
        Assert.Equal(before, objective.Bits());
    }

    [Fact]
    public void Update_DecayZero_IsTheCurrentState()
    {
        using var scope = NewDisposeScope();
        using TinyObjective objective = new TinyObjective();
        using var average = new WeightAverage(objective.Model, 0);
        using (no_grad()) objective.Model.parameters().First().add_(0.1);
        average.Update(50);
        Near(Values(objective), average.Tensors.ToDictionary(pair => pair.Key, pair => Doubles(pair.Value)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void WeightAverage_DecayOutOfRange_IsRefused(double decay)
    {
        using TinyObjective objective = new TinyObjective();
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightAverage(objective.Model, decay));
    }

    private static void Near(Dictionary<string, double[]> expected, Dictionary<string, double[]> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        var errors = expected.SelectMany(pair => pair.Value.Zip(actual[pair.Key], (a, b) => Math.Abs(a - b)));
        Assert.All(errors, error => Assert.InRange(error, 0, 1e-5));
    }

    private static Dictionary<string, double[]> Values(TinyObjective objective) => objective.Model.state_dict()
        .Where(pair => pair.Value.is_floating_point()).ToDictionary(pair => pair.Key, pair => Doubles(pair.Value));

    private static double[] Doubles(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.detach().to(ScalarType.Float64).data<double>().ToArray();
    }
}
