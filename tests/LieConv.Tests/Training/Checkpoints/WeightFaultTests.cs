using LieConv.Groups;
using LieConv.Models;
using LieConv.Serialization;
using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Checkpoints;

/// <summary>Weights that mean nothing are refused by the tensor's name, wherever weights enter.</summary>
[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class WeightFaultTests
{
    private static readonly ImageLieResNetOptions Options = new() { Channels = 8, Layers = 2 };

    [Theory]
    [InlineData("net.0.module.weight", double.NaN, "tensor 'net.0.module.weight' holds NaN (1 of 8 numbers")]
    [InlineData("net.1.conv.weightnet.0.module.bias", double.PositiveInfinity, "holds Infinity (1 of 32 numbers")]
    [InlineData("net.3.running_var", -0.5, "tensor 'net.3.running_var' holds the variance -0.5")]
    [InlineData("net.3.running_var", double.NaN, "tensor 'net.3.running_var' holds NaN")]
    public void Import_WeightsThatMeanNothing_NamesTheTensorAndChangesNothing(string name, double value, string expected)
    {
        using var scope = NewDisposeScope();
        var (theirs, network) = (Theirs(), Network(2));
        Assert.Contains(name, theirs.Keys);
        theirs[name] = theirs[name].clone();
        theirs[name].flatten()[0] = tensor((float)value);
        var before = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.bytes.ToArray());
        var failure = Assert.Throws<InvalidDataException>(
            () => OriginalWeights.Import(theirs, network.state_dict(), Options.Layers, "file"));
        Assert.StartsWith("'file': ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.bytes.ToArray()));
    }

    [Fact]
    public void Import_TwoNamesOfOneTensorThatDiffer_NamesBoth()
    {
        using var scope = NewDisposeScope();
        var (theirs, network) = (Theirs(), Network(2));
        const string first = "net.2.conv.linear.weight", second = "net.2.net.5.linear.weight";
        theirs[second] = theirs[first] + 1e-3f;
        var failure = Assert.Throws<InvalidDataException>(
            () => OriginalWeights.Import(theirs, network.state_dict(), Options.Layers, "file"));
        Assert.Equal(
            $"'file' holds one tensor under two names, '{first}' and '{second}', with different numbers; expected the same.",
            failure.Message);
        theirs.Remove(second);
        OriginalWeights.Import(theirs, network.state_dict(), Options.Layers, "file");      // one name is enough
    }

    [Theory]
    [InlineData(double.NaN, false)]
    [InlineData(double.NegativeInfinity, true)]
    public void Load_CheckpointWithWeightsThatMeanNothing_NamesTheTensor(double value, bool resumes)
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        var store = new CheckpointStore(folder.File("checkpoints"));
        using var adam = optim.Adam(objective.Model.parameters());
        store.Save(CheckpointStore.Last, objective, adam, new TrainingProgress(), new Dictionary<string, double>());
        Damage(folder.File("checkpoints"), "model.1.running_mean", value);
        var failure = Assert.Throws<InvalidDataException>(() =>
        {
            if (resumes) store.Load(CheckpointStore.Last, objective, adam);
            else store.LoadModel(CheckpointStore.Last, objective);
        });
        Assert.Contains("tensor 'model.1.running_mean' holds ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F8_E4M3", "'file': tensor 'a' has dtype 'F8_E4M3', which is not supported here; expected one of F64")]
    [InlineData("U64", "'file': tensor 'a' has dtype 'U64', which is not supported here; expected one of F64")]
    [InlineData("Q7", "'file' is not a valid safetensors file: tensor 'a' has the unknown dtype 'Q7'; expected one of")]
    public void Read_OtherElementType_IsNamed(string dtype, string expected)
    {
        var json = $$$"""{"a":{"dtype":"{{{dtype}}}","shape":[2],"data_offsets":[0,8]}}""";
        using var stream = new MemoryStream([.. BitConverter.GetBytes((ulong)json.Length), .. System.Text.Encoding.UTF8.GetBytes(json), .. new byte[8]]);
        var failure = Assert.Throws<InvalidDataException>(() => Safetensors.Read(stream, "file"));
        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>The gradient of the last step overflows: the loss was finite all the time, and the weights are not.</summary>
    [Fact]
    public void Run_LastStepLosesTheWeights_FailsAndTheLastFiniteCheckpointStays()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        var options = new TrainOptions { Epochs = 2, Batch = 5, CheckpointMinutes = 1e-9 };
        using var loop = ResumeTests.Loop(objective, folder, options);
        var steps = 0;
        objective.Before = () =>
        {
            // Before the last evaluation, ten steps and an evaluation after the start: as a last step would that overflows.
            if (++steps == 12) using (no_grad()) objective.Model.parameters().First().fill_(double.NaN);
        };
        var failure = Assert.Throws<TrainingFailedException>(() => loop.Run(CancellationToken.None));
        Assert.StartsWith("After step 10 tensor 'model.0.weight' holds NaN", failure.Message, StringComparison.Ordinal);
        using TinyObjective fresh = new TinyObjective();
        using var resumed = ResumeTests.Loop(fresh, folder, options);
        resumed.Resume();                                                                       // all of it is finite
        Assert.Equal(9, resumed.Progress.Step);
        Assert.Equal(StopReason.Completed, resumed.Run(CancellationToken.None).Reason);
    }

    [Fact]
    public void Save_WeightsThatMeanNothing_KeepsTheCheckpointBefore()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        var store = new CheckpointStore(folder.File("checkpoints"));
        using var adam = optim.Adam(objective.Model.parameters());
        store.Save(CheckpointStore.Last, objective, adam, new TrainingProgress { Step = 3 }, new Dictionary<string, double>());
        using (no_grad()) objective.Model.parameters().First().fill_(double.NaN);
        var failure = Assert.Throws<TrainingFailedException>(() => store.Save(
            CheckpointStore.Last, objective, adam, new TrainingProgress { Step = 4 }, new Dictionary<string, double>()));
        Assert.StartsWith("After step 4 tensor 'model.0.weight' holds NaN (24 of 24", failure.Message, StringComparison.Ordinal);
        using TinyObjective other = new TinyObjective();
        Assert.Equal(3, store.LoadModel(CheckpointStore.Last, other).Progress.Step);
    }

    /// <summary>Finite weights may give what is not: that is no completed training either.</summary>
    [Fact]
    public void Run_FinalEvaluationIsNotFinite_IsFailed()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective { FinalError = double.PositiveInfinity };
        using var loop = ResumeTests.Loop(objective, folder, new TrainOptions { Epochs = 1, Batch = 5 });
        Assert.Equal(StopReason.Failed, loop.Run(CancellationToken.None).Reason);
    }

    /// <summary>Writes one tensor of the last checkpoint anew, with a manifest that fits.</summary>
    internal static void Damage(string folder, string name, double value)
    {
        using var scope = NewDisposeScope();
        var old = Directory.GetFiles(folder, "weights-*.safetensors").Single();
        using var contents = Safetensors.Read(old);
        var tensors = contents.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        tensors[name].flatten()[0] = tensor((float)value).to(tensors[name].dtype);
        Safetensors.Write(old, tensors, contents.Metadata);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(old)));
        var manifest = Path.Combine(folder, "last.json");
        var text = File.ReadAllText(manifest);
        text = System.Text.RegularExpressions.Regex.Replace(
            text, "(\"sha256\": \")[0-9a-f]{64}", "${1}" + hash);
        // As a program writes it that knows no checksum of the manifest.
        File.WriteAllText(
            manifest, System.Text.RegularExpressions.Regex.Replace(text, "\\s*\"checksum\": \"[0-9a-f]{64}\",?", ""));
    }

    private static Dictionary<string, Tensor> Theirs() => OriginalWeights.Export(Network(1).state_dict(), Options.Layers);

    private static ImageLieResNet Network(long seed)
    {
        random.manual_seed(seed);
        return new ImageLieResNet(LieGroups.Parse("T2"), Options);
    }
}
