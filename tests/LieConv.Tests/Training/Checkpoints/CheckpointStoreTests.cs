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
        using var other = new TinyTask(group: "SE2:0.05");
        var failure = Refused(folder, other);
        Assert.Equal("Checkpoint 'last' was made with group T2; this run has SE2:0.05.", failure);
    }

    [Fact]
    public void Load_OtherShape_NamesTheTensor()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using var other = new TinyTask(width: 8);
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
        using var other = new TinyTask();
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
        using var task = new TinyTask();
        Assert.Contains("is damaged: its SHA-256 is ", Refused(folder, task), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Truncated_IsDamaged()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using (var stream = File.OpenWrite(Weights(folder))) stream.SetLength(stream.Length / 2);
        using var task = new TinyTask();
        Assert.Contains("is damaged", Refused(folder, task), StringComparison.Ordinal);
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
        using var task = new TinyTask();
        Assert.Contains(expected, Refused(folder, task), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NothingThere_SaysSo()
    {
        using var folder = new TemporaryFolder();
        using var task = new TinyTask();
        Assert.StartsWith("There is no checkpoint '", Refused(folder, task), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(2200)]
    public void Save_DiskFills_KeepsTheCheckpointBefore(int capacity)
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using var task = new TinyTask();
        using var adam = torch.optim.Adam(task.Model.parameters());
        var before = task.Bits();
        using (torch.no_grad()) task.Model.parameters().First().add_(1);
        var full = new CheckpointStore(folder.File("checkpoints"))
        {
            Open = path => new FullDiskStream(File.Create(path), path.Contains(".json", StringComparison.Ordinal) ? 10 : capacity),
        };
        var failure = Assert.Throws<IOException>(
            () => full.Save(CheckpointStore.Last, task, adam, new TrainingProgress(), new Dictionary<string, double>()));
        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);

        new CheckpointStore(folder.File("checkpoints")).Load(CheckpointStore.Last, task, adam);
        Assert.Equal(before, task.Bits());
        Assert.Empty(Directory.GetFiles(folder.File("checkpoints"), "*.tmp"));
    }

    [Fact]
    public void Save_Again_RemovesTheWeightsNobodyNames()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        using var task = new TinyTask();
        using (torch.no_grad()) task.Model.parameters().First().add_(1);
        Save(folder, task);
        Assert.Single(Directory.GetFiles(folder.File("checkpoints"), "*.safetensors"));
    }

    [Fact]
    public void Save_Twice_KeepsTheOneBefore()
    {
        using var folder = new TemporaryFolder();
        using var task = new TinyTask();
        Save(folder, task);
        var before = task.Bits();
        var weights = Path.GetFileName(Weights(folder));
        for (var i = 0; i < 3; i++)
        {
            using (torch.no_grad()) task.Model.parameters().First().add_(1);
            Save(folder, task);
            var previous = new CheckpointStore(folder.File("checkpoints/previous"));
            using var other = new TinyTask();
            using var adam = torch.optim.Adam(other.Model.parameters());
            previous.Load(CheckpointStore.Last, other, adam);
            Assert.Equal(before, other.Bits());
            Assert.Equal(
                [weights], Directory.GetFiles(previous.Folder, "*.safetensors").Select(Path.GetFileName));
            (before, weights) = (task.Bits(), Path.GetFileName(Weights(folder)));
        }
    }

    [Fact]
    public void Save_FilesOfTheUsers_Stay()
    {
        using var folder = new TemporaryFolder();
        using var task = new TinyTask();
        Save(folder, task);
        var own = Path.GetFileName(Weights(folder));
        var mine = new[]
        {
            "weights-backup.safetensors", "weights-0123456789abcdef.safetensors", "weights-.safetensors", own + ".bak", "mine.tmp",
        };
        foreach (var name in mine) File.WriteAllText(folder.File($"checkpoints/{name}"), "precious");
        File.Copy(folder.File("checkpoints/last.json"), folder.File("checkpoints/kept.json")); // names the weights, too
        for (var i = 0; i < 3; i++)
        {
            using (torch.no_grad()) task.Model.parameters().First().add_(1);
            Save(folder, task);
        }
        foreach (var name in mine) Assert.Equal("precious", File.ReadAllText(folder.File($"checkpoints/{name}")));
        new CheckpointStore(folder.File("checkpoints")).LoadModel("kept", task);
    }

    [Fact]
    public void Load_ManifestWithoutAChecksum_IsReadAsBefore()
    {
        using var folder = new TemporaryFolder();
        Save(folder);
        var path = folder.File("checkpoints/last.json");
        File.WriteAllLines(path, File.ReadAllLines(path).Where(line => !line.Contains("checksum", StringComparison.Ordinal)));
        using var task = new TinyTask();
        using var adam = torch.optim.Adam(task.Model.parameters());
        new CheckpointStore(folder.File("checkpoints")).Load(CheckpointStore.Last, task, adam);
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
        using var task = new TinyTask();
        Save(folder, task);
    }

    private static void Save(TemporaryFolder folder, TinyTask task)
    {
        using var adam = torch.optim.Adam(task.Model.parameters());
        new CheckpointStore(folder.File("checkpoints"))
            .Save(CheckpointStore.Last, task, adam, new TrainingProgress(), new Dictionary<string, double>());
    }

    private static string Weights(TemporaryFolder folder) =>
        Directory.GetFiles(folder.File("checkpoints"), "*.safetensors").Single();

    private static string Refused(TemporaryFolder folder, TinyTask task)
    {
        using Adam adam = torch.optim.Adam(task.Model.parameters());
        var store = new CheckpointStore(folder.File("checkpoints"));
        return Assert.Throws<InvalidDataException>(() => store.Load(CheckpointStore.Last, task, adam)).Message;
    }
}
