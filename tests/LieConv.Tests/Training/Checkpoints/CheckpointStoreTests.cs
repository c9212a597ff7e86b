using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using TorchSharp;
using TorchSharp.Modules;

namespace LieConv.Tests.Training.Checkpoints;

[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class CheckpointStoreTests
{
    [Fact]
    public void Load_OtherGroup_SaysWhichOneItWas()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using TinyObjective other = new TinyObjective(group: "SE2:0.05");
        var failure = Refused(folder, other);
        Assert.Equal("Checkpoint 'last' was made with group T2; this run has SE2:0.05.", failure);
    }

    [Fact]
    public void Load_OtherShape_NamesTheTensor()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using TinyObjective other = new TinyObjective(width: 8);
        var before = other.Bits();
        Assert.Matches("^Tensor 'model.0.weight' of 'weights-.*' has shape \\(6, 4\\); this model expects \\(8, 4\\).$",
            Refused(folder, other));
        Assert.Equal(before, other.Bits());
    }

    [Fact]
    public void Load_OtherPrecision_NamesTheTensor()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using TinyObjective other = new TinyObjective();
        other.Model.to(torch.ScalarType.Float64);
        Assert.Contains("is Float32; this model expects Float64.", Refused(folder, other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1)]
    public void Load_OneByteChanged_IsDamaged(int at)
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        var path = Weights(folder);
        var bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(path, bytes);
        using TinyObjective objective = new TinyObjective();
        Assert.Contains("is damaged: its SHA-256 is ", Refused(folder, objective), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Truncated_IsDamaged()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using (var stream = File.OpenWrite(Weights(folder))) stream.SetLength(stream.Length / 2);
        using TinyObjective objective = new TinyObjective();
        Assert.Contains("is damaged", Refused(folder, objective), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is not a checkpoint manifest")]
    [InlineData("", "is not a checkpoint manifest")]
    [InlineData("null", "a field is null")]
    [InlineData("""{"weights":"w","sha256":"0"}""", "is not a checkpoint manifest")]
    [InlineData("""{"weights":null,"sha256":"0","identity":{},"progress":{}}""", "a field is null")]
    [InlineData("""{"schemaVersion":9,"weights":"w","sha256":"0","identity":{},"progress":{}}""", "schema version 9")]
    [InlineData("""{"weights":"w","sha256":"0","identity":{},"progress":{"step":-8}}""", "step is -8 and epochExamples 0; expected 0 or more.")]
    [InlineData("""{"weights":"w","identity":{},"progress":{}}""", "the key 'sha256' is missing.")]
    [InlineData("""{"weights":"../w","sha256":"0","identity":{},"progress":{}}""", "outside its folder")]
    [InlineData("""{"weights":"w","sha256":"0","identity":{"group":"T2","width":"6"},"progress":{}}""", "does not exist")]
    public void Load_BadManifest_IsOneSentence(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("checkpoints"));
        File.WriteAllText(folder.File("checkpoints/last.json"), json);
        using TinyObjective objective = new TinyObjective();
        Assert.Contains(expected, Refused(folder, objective), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NothingThere_SaysSo()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        Assert.StartsWith("There is no checkpoint '", Refused(folder, objective), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(2200)]
    public void Save_DiskFills_KeepsTheCheckpointBefore(int capacity)
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using TinyObjective objective = new TinyObjective();
        using var adam = torch.optim.Adam(objective.Model.parameters());
        var before = objective.Bits();
        using (torch.no_grad()) objective.Model.parameters().First().add_(1);
        var full = new CheckpointStore(folder.File("checkpoints"))
        {
            Open = path => new FullDiskStream(File.Create(path), path.Contains(".json", StringComparison.Ordinal) ? 10 : capacity),
        };
        var failure = Assert.Throws<IOException>(
            () => full.Save(CheckpointStore.Last, objective, adam, new TrainingProgress(), new Dictionary<string, double>()));
        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);

        new CheckpointStore(folder.File("checkpoints")).Load(CheckpointStore.Last, objective, adam);
        Assert.Equal(before, objective.Bits());
        Assert.Empty(Directory.GetFiles(folder.File("checkpoints"), "*.tmp"));
    }

    [Fact]
    public void Save_Again_RemovesTheWeightsNobodyNames()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using TinyObjective objective = new TinyObjective();
        using (torch.no_grad()) objective.Model.parameters().First().add_(1);
        Save(folder, objective);
        Assert.Single(Directory.GetFiles(folder.File("checkpoints"), "*.safetensors"));
    }

    [Fact]
    public void Save_Twice_KeepsTheOneBefore()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        Save(folder, objective);
        var before = objective.Bits();
        var weights = Path.GetFileName(Weights(folder));
        for (var i = 0; i < 3; i++)
        {
            using (torch.no_grad()) objective.Model.parameters().First().add_(1);
            Save(folder, objective);
            var previous = new CheckpointStore(folder.File("checkpoints/previous"));
            using TinyObjective other = new TinyObjective();
            using var adam = torch.optim.Adam(other.Model.parameters());
            previous.Load(CheckpointStore.Last, other, adam);
            Assert.Equal(before, other.Bits());
            Assert.Equal(
                [weights], Directory.GetFiles(previous.Folder, "*.safetensors").Select(Path.GetFileName));
            (before, weights) = (objective.Bits(), Path.GetFileName(Weights(folder)));
        }
    }

    [Fact]
    public void Save_FilesOfTheUsers_Stay()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        Save(folder, objective);
        var own = Path.GetFileName(Weights(folder));
        var mine = new[]
        {
            "weights-backup.safetensors", "weights-0123456789abcdef.safetensors", "weights-.safetensors", own + ".bak", "mine.tmp",
        };
        foreach (var name in mine) File.WriteAllText(folder.File($"checkpoints/{name}"), "precious");
        File.Copy(folder.File("checkpoints/last.json"), folder.File("checkpoints/kept.json")); // names the weights, too
        for (var i = 0; i < 3; i++)
        {
            using (torch.no_grad()) objective.Model.parameters().First().add_(1);
            Save(folder, objective);
        }
        foreach (var name in mine) Assert.Equal("precious", File.ReadAllText(folder.File($"checkpoints/{name}")));
        new CheckpointStore(folder.File("checkpoints")).LoadModel("kept", objective);
    }

    [Fact]
    public void Load_ManifestWithoutAChecksum_IsReadAsBefore()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        var path = folder.File("checkpoints/last.json");
        File.WriteAllLines(path, File.ReadAllLines(path).Where(line => !line.Contains("checksum", StringComparison.Ordinal)));
        using TinyObjective objective = new TinyObjective();
        using var adam = torch.optim.Adam(objective.Model.parameters());
        new CheckpointStore(folder.File("checkpoints")).Load(CheckpointStore.Last, objective, adam);
    }

    /// <summary>Whichever byte of a manifest changes, it is refused: SHA-256 sees each.</summary>
    [Fact]
    public void ReadManifest_AnyByteChanged_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        var path = folder.File("checkpoints/last.json");
        var bytes = File.ReadAllBytes(path);
        var store = new CheckpointStore(folder.File("checkpoints"));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            File.WriteAllBytes(path, bytes);
            Assert.Throws<InvalidDataException>(() => store.ReadManifest(CheckpointStore.Last));
            bytes[i] ^= 1;
        }
    }

    private static void Save(TemporaryFolder folder)
    {
        using TinyObjective objective = new TinyObjective();
        Save(folder, objective);
    }

    private static void Save(TemporaryFolder folder, TinyObjective objective)
    {
        using var adam = torch.optim.Adam(objective.Model.parameters());
        new CheckpointStore(folder.File("checkpoints"))
            .Save(CheckpointStore.Last, objective, adam, new TrainingProgress(), new Dictionary<string, double>());
    }

    private static string Weights(TemporaryFolder folder) =>
        Directory.GetFiles(folder.File("checkpoints"), "*.safetensors").Single();

    private static string Refused(TemporaryFolder folder, TinyObjective objective)
    {
        using Adam adam = torch.optim.Adam(objective.Model.parameters());
        var store = new CheckpointStore(folder.File("checkpoints"));
        return Assert.Throws<InvalidDataException>(() => store.Load(CheckpointStore.Last, objective, adam)).Message;
    }
}
