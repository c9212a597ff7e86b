using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Loop;

namespace LieConv.Tests.Training.Checkpoints;

/// <summary>What is left of a run decides how it goes on, and the end is that of a run to which nothing happened.</summary>
[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class DamagedStateTests : IDisposable
{
    private static readonly TrainOptions Options = new() { Epochs = 4, Batch = 5, LearningRate = 0.01, Seed = 3 };

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    private string Last => _folder.File("checkpoints/last.json");

    [Theory]
    [InlineData("weights are truncated", "is damaged: its SHA-256 is ")]
    [InlineData("manifest is edited", "is damaged or was edited: its content does not agree with its own checksum")]
    [InlineData("manifest is cut", "it is damaged or incomplete JSON")]
    [InlineData("manifest is gone", "There is no checkpoint '")]
    [InlineData("step is changed", "Checkpoint 'last' is said to be after step 17, but its optimiser has made 13")]
    public void Resume_LastIsDamaged_GoesOnFromTheOneBefore(string how, string reason)
    {
        Interrupt(at: 13);
        Damage(how);
        using TinyObjective objective = new TinyObjective();
        using var resumed = Loop(objective);
        resumed.Resume();
        Assert.Equal(5, resumed.Progress.Step); // a session's first checkpoint is that of its first epoch
        var said = Assert.Single(_said);
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.EndsWith("; going on from the checkpoint before it, after step 5.", said, StringComparison.Ordinal);
        resumed.Run(CancellationToken.None);
        Assert.Equal(Straight(), objective.Bits());
        Assert.Equal([1L, 2L, 3L, 4L], ResumeTests.Log(_folder).Read().Select(line => line.Epoch));
    }

    [Fact]
    public void Resume_LastAndTheOneBeforeAreGone_GoesOnFromTheBest()
    {
        using (TinyObjective first = new TinyObjective(validation: true))
        {
            foreach (var error in new[] { 0.5, 0.2, 0.4 }) first.ValidationErrors.Enqueue(error);
            using var loop = Loop(first);
            Stop(first, loop, at: 13);
        }
        File.Delete(Last);
        Directory.Delete(_folder.File("checkpoints/previous"), recursive: true);
        using TinyObjective objective = new TinyObjective(validation: true);
        using var resumed = Loop(objective);
        resumed.Resume();
        Assert.Equal(10, resumed.Progress.Step);
        Assert.EndsWith("; going on from the best checkpoint, after step 10.", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_AllAreDamaged_SaysWhatIsWrongWithTheLastAndChangesNothing()
    {
        Interrupt(at: 13);
        File.WriteAllText(Last, "{");
        File.WriteAllText(_folder.File("checkpoints/previous/last.json"), "{");
        var before = Files();
        using TinyObjective objective = new TinyObjective();
        using var resumed = Loop(objective);
        var failure = Assert.Throws<InvalidDataException>(resumed.Resume);
        Assert.Contains($"'{Last}' is not a checkpoint manifest", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void Resume_OtherModel_IsRefusedWithoutAFallback()
    {
        Interrupt(at: 13);
        using TinyObjective objective = new TinyObjective(group: "SE2");
        using var resumed = Loop(objective);
        Assert.Equal(
            "Checkpoint 'last' was made with group T2; this run has SE2.",
            Assert.Throws<InvalidDataException>(resumed.Resume).Message);
        Assert.Empty(_said);
    }

    [Fact]
    public void Run_BestIsDamaged_EndsWithTheLast()
    {
        using TinyObjective objective = new TinyObjective(validation: true);
        foreach (var error in new[] { 0.1, 0.2, 0.4, 0.3 }) objective.ValidationErrors.Enqueue(error);
        using var loop = WatchedLoop.Of(objective, _folder, Options, progress =>
        {
            if (progress.Step == 8) File.WriteAllText(_folder.File("checkpoints/best.json"), "{");
        });
        var result = loop.Run(CancellationToken.None);
        Assert.Equal((StopReason.Completed, 4), (result.Reason, result.FinalEpoch));
        Assert.NotNull(result.Final);
    }

    [Fact]
    public void Run_FolderIsDeleted_SaysSoAndMakesNoneAnew()
    {
        using TinyObjective objective = new TinyObjective();
        using var loop = WatchedLoop.Of(objective, _folder, Options with { CheckpointMinutes = 1e-9 }, progress =>
        {
            if (progress.Step == 8) Directory.Delete(_folder.File("checkpoints"), recursive: true);
        });
        var failure = Assert.Throws<IOException>(() => loop.Run(CancellationToken.None));
        Assert.StartsWith($"The folder '{_folder.File("checkpoints")}' was deleted since", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("checkpoints")));
    }

    [Theory]
    [InlineData("train.epochs", "train.epochs was 3 and is 9; the training goes on with what it says now.")]
    [InlineData("train.batch", "train.batch was 3 and is 9; a training cannot go on with another train.batch: set it back, or begin a new run.")]
    [InlineData("train.seed", "a training cannot go on with another train.seed: ")]
    public void Describe_ConfigIsEdited_NamesTheKeys(string key, string expected)
    {
        Dictionary<string, string> then = new() { [key] = "3", ["group"] = "T2" };
        Dictionary<string, string> now = new() { [key] = "9", ["group"] = "T2", ["train.new"] = "1" };
        string? text;
        try
        {
            text = SettingsChange.Describe(then, now);
        }
        catch (InvalidDataException failure)
        {
            text = failure.Message;
        }
        Assert.StartsWith("config.json was changed since the last checkpoint: ", text, StringComparison.Ordinal);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Null(SettingsChange.Describe(then, then));
        Assert.Null(SettingsChange.Describe(null, now));
    }

    public void Dispose() => _folder.Dispose();

    private TrainingLoop Loop(TinyObjective objective) => new(
        objective, Options, new CheckpointStore(_folder.File("checkpoints")), ResumeTests.Log(_folder),
        new Listener { Notice = _said.Add });

    private void Interrupt(int at)
    {
        using TinyObjective objective = new TinyObjective();
        using var loop = Loop(objective);
        Stop(objective, loop, at);
    }

    private static void Stop(TinyObjective objective, TrainingLoop loop, int at)
    {
        using var stop = new CancellationTokenSource();
        var made = 0;
        objective.Before = () =>
        {
            if (++made == at + (at - 1) / 5) stop.Cancel(); // an evaluation follows every fifth step
        };
        Assert.Equal(at, loop.Run(stop.Token).Progress.Step);
    }

    private void Damage(string how)
    {
        var text = File.ReadAllText(Last);
        switch (how)
        {
            case "weights are truncated":
                using (var stream = File.OpenWrite(Directory.GetFiles(_folder.File("checkpoints"), "weights-*").Single()))
                    stream.SetLength(stream.Length - 1);
                break;
            case "manifest is edited": File.WriteAllText(Last, text.Replace("\"step\": 13", "\"step\": 17", StringComparison.Ordinal)); break;
            case "manifest is cut": File.WriteAllText(Last, text[..^20]); break;
            case "manifest is gone": File.Delete(Last); break;
            default: // by somebody who knows about the checksum
                var lines = text.Replace("\"step\": 13", "\"step\": 17", StringComparison.Ordinal).Split('\n');
                File.WriteAllLines(Last, lines.Where(line => !line.Contains("checksum", StringComparison.Ordinal)));
                break;
        }
    }

    private static Dictionary<string, byte[]> Straight()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        using var loop = ResumeTests.Loop(objective, folder, Options);
        loop.Run(CancellationToken.None);
        return objective.Bits();
    }

    private Dictionary<string, string> Files() =>
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));

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
