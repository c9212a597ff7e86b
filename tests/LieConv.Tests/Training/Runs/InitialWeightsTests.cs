using LieConv.Tests.Support;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Molecules;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Runs;

/// <summary>Trainings that begin with the weights of another network.</summary>
[Collection("Serial")]
public sealed class InitialWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>With a learning rate that changes nothing a training that begins with a run's weights ends with them; another
    /// head is initialised, and said.</summary>
    [Fact]
    public void Train_InitFromARunAndFromAFile_TakesWhatFitsAndSaysWhatDoesNot()
    {
        Train(Config("homo") with { Train = Config("homo").Train with { LearningRate = 0.01 } }, "first", out _);
        var first = Weights("first");
        var still = Config("all") with
        {
            Train = Config("all").Train with { Init = _folder.File("first"), LearningRate = 1e-12, Seed = 7 },
        };
        Train(still, "second", out var said);
        var second = Weights("second");
        Assert.Contains(said, line => line ==
            $"Begins with {first.Count - 2} of this network's {first.Count} tensors from '{_folder.File("first")}'; as " +
            "initialised: net.head.weight (12, 16), there (1, 16), net.head.bias (12), there (1).");
        foreach (var (name, value) in first.Where(pair => pair.Value.Length > 0 && !pair.Key.Contains("head.", StringComparison.Ordinal)
            && pair.Key.EndsWith("weight", StringComparison.Ordinal)))
            Assert.True(value.Zip(second[name], (a, b) => Math.Abs(a - b)).Max() < 1e-5, name);

        MoleculeWeights.Export(_folder.File("first"), null, _folder.File("w.safetensors"), original: false, _ => { });
        Train(
            Config("homo") with { Train = still.Train with { Init = _folder.File("w.safetensors") } }, "third", out said);
        Assert.Contains(said, line => line ==
            $"Begins with {first.Count} of this network's {first.Count} tensors from '{_folder.File("w.safetensors")}'.");
        var third = Weights("third");
        Assert.All(
            first.Where(pair => pair.Key.EndsWith("weight", StringComparison.Ordinal)),
            pair => Assert.True(pair.Value.Zip(third[pair.Key], (a, b) => Math.Abs(a - b)).Max() < 1e-5));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Start_InitThatIsNoneOrDoesNotFit_IsOneSentenceAndLeavesNoFolder()
    {
        Fails(_folder.File("none"), $"There is no run or file '{_folder.File("none")}' to begin with; expected a run's folder or a " +
            ".safetensors file.");
        using (var scope = NewDisposeScope())
            LieConv.Serialization.Safetensors.Write(
                _folder.File("other.safetensors"), new Dictionary<string, Tensor> { ["x"] = ones(2) });
        Fails(_folder.File("other.safetensors"), $"'{_folder.File("other.safetensors")}' has no tensor that this network has, by name " +
            "and shape; expected the weights of a similar network.");

        void Fails(string init, string sentence)
        {
            var config = Config("homo") with { Train = new TrainOptions { Init = init } };
            var failure = Assert.Throws<InvalidDataException>(() => MoleculeRun.Start(config, _folder.File("bad"), _ => { }));
            Assert.Equal(sentence, failure.Message);
            Assert.False(Directory.Exists(_folder.File("bad")));
        }
    }

    private static MoleculeConfig Config(string target)
    {
        var config = MoleculePresets.Create("qm9", "quick", null, null, target, null);
        return config with
        {
            Data = config.Data with { TrainCount = 30, ValidationCount = 0, TestCount = 5 },
            Model = config.Model with { Channels = 16, Layers = 1 },
            Train = new TrainOptions { Epochs = 1, Batch = 10 },
        };
    }

    private void Train(MoleculeConfig config, string name, out List<string> said)
    {
        var lines = new List<string>();
        using var run = MoleculeRun.Start(config, _folder.File(name), _ => { });
        run.Train(new Listener { Notice = lines.Add }, CancellationToken.None);
        said = lines;
    }

    private Dictionary<string, float[]> Weights(string name)
    {
        using var scope = NewDisposeScope();
        using var run = MoleculeRun.Open(_folder.File(name), config => config, _ => { });
        run.Load(null);
        return run.Model.state_dict().ToDictionary(
            pair => pair.Key,
            pair => pair.Value.is_floating_point() ? pair.Value.detach().flatten().data<float>().ToArray() : []);
    }

    private sealed class Listener : TrainingObserver
    {
        public override void OnStep(TrainingProgress progress, long totalSteps, int examples, double seconds)
        {
        }

        public override void OnEvaluation(DataSplit split, long done, long total)
        {
        }

        public override void OnEpoch(EpochReport report)
        {
        }
    }
}
