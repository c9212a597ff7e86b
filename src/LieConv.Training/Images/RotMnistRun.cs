using LieConv.Datasets;
using LieConv.Groups;
using LieConv.Models;
using LieConv.Training.Checkpoints;
using LieConv.Training.Configuration;
using LieConv.Training.Reports;
using static TorchSharp.torch;

namespace LieConv.Training.Images;

/// <summary>A training on rotated digits in its run folder: the network, the data and what came of them.</summary>
public sealed class RotMnistRun : IDisposable
{
    private readonly ImageLieResNet _model;
    private readonly ImageSplits _data;

    private RotMnistRun(RotMnistConfig config, Action<string> log)
    {
        var group = Check(config);
        if (config.Train.Threads > 0) set_num_threads(config.Train.Threads);

        // The number of threads decides the order of sums: a run remembers it, to continue bit for bit.
        Config = config with
        {
            Group = group.ToString(), Data = WithFullPath(config.Data),
            Train = config.Train with { Threads = get_num_threads() },
        };
        config.Train.OpenDevice();

        // The only use of the process's own generator: torch initialises parameters from it.
        random.manual_seed((long)new SeedSequence(config.Train.Seed).SeedOf(RandomPurpose.Initialisation, 0));
        _model = new ImageLieResNet(group, config.Model);
        _data = RotMnist.Load(Config.Data, log);
        CheckImages(config.Model, _data.Train);
        Task = new ImageClassificationTask(_model, config.Model.Outputs, _data, config.Train, Config.Identity());
    }

    /// <summary>The resolved configuration.</summary>
    public RotMnistConfig Config { get; }

    /// <summary>The task.</summary>
    public ImageClassificationTask Task { get; }

    /// <summary>The network.</summary>
    public ImageLieResNet Model => _model;

    /// <summary>What the data are.</summary>
    public string DataDescription => _data.Description;

    /// <summary>Whether the small sample inside the library is used.</summary>
    public bool IsEmbeddedSample => _data.IsEmbeddedSample;

    /// <summary>The folder.</summary>
    public RunFolder Folder { get; private init; } = null!;

    /// <summary>Whether there is a checkpoint to continue from.</summary>
    public bool IsResumed { get; private init; }

    /// <summary>Prepares a new run; the folder is made last, when all else is known to be right.</summary>
    /// <param name="config">What to do.</param>
    /// <param name="path">The run's folder, which must not exist or be empty; null for a name by task, group and
    /// time.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="ArgumentException">If the configuration is wrong or the folder is taken.</exception>
    public static RotMnistRun Start(RotMnistConfig config, string? path, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        var group = Check(config).ToString();
        var folder = RunFolder.Create(
            path ?? RunFolder.DefaultPath(config.Task, group, TimeProvider.System.GetUtcNow()));
        try
        {
            var run = new RotMnistRun(config, log) { Folder = folder };
            ConfigFile.Write(folder.Config, run.Config with { DataDescription = run.DataDescription });
            return run;
        }
        catch
        {
            // Nothing was trained: leave no empty folder behind.
            if (!Directory.EnumerateFileSystemEntries(folder.Path).Any()) Directory.Delete(folder.Path);
            throw;
        }
    }

    /// <summary>Opens a run to continue or to use it.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="change">Changes what a session may change, such as the threads; the file stays as it is.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="InvalidDataException">If the folder is no run or its configuration is damaged.</exception>
    public static RotMnistRun Open(string path, Func<RotMnistConfig, RotMnistConfig> change, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(change);
        var folder = RunFolder.Open(path);
        return new RotMnistRun(change(RotMnistConfig.Read(folder.Config)), log)
        {
            Folder = folder, IsResumed = folder.Checkpoints.Exists(CheckpointStore.Last),
        };
    }

    /// <summary>Trains, from the last checkpoint where there is one, and writes the result and the pictures.</summary>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="interruption">Stops after the current step, with the state saved.</param>
    /// <returns>The result; null if interrupted.</returns>
    /// <exception cref="InvalidDataException">If the checkpoint is damaged, or the data are not those of the
    /// start.</exception>
    public RunResult? Train(TrainingObserver observer, CancellationToken interruption)
    {
        using var loop = new TrainingLoop(Task, Config.Train, Folder.Checkpoints, Folder.Metrics, observer);
        if (IsResumed)
        {
            CheckSameData();
            loop.Resume();
        }
        else
        {
            Folder.Metrics.TruncateAfter(0); // a run that ended before its first checkpoint begins anew
        }
        var outcome = loop.Run(interruption);
        if (outcome.Final is null)
        {
            WriteCurves();
            return null;
        }
        var result = Result(outcome.Final) with
        {
            Stopped = outcome.Reason, Epoch = outcome.FinalEpoch,
            Steps = outcome.Progress.Step, Seconds = outcome.Progress.ElapsedSeconds,
        };
        ConfigFile.Write(Folder.Result, result);
        WriteCurves();
        Task.WritePictures(Folder.Path, outcome.Final);
        return result;
    }

    /// <summary>Evaluates a checkpoint on the test digits.</summary>
    /// <param name="checkpoint">Its name, or null for the best, and without one the last.</param>
    /// <param name="advance">Told how many digits are done, out of how many.</param>
    /// <param name="interruption">Stops between batches by <see cref="OperationCanceledException"/>.</param>
    public RunResult Evaluate(string? checkpoint, Action<long, long> advance, CancellationToken interruption)
    {
        var name = checkpoint ?? Folder.Checkpoints.Preferred;
        var manifest = Folder.Checkpoints.LoadModel(name, Task);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        _model.eval();
        var stepsPerEpoch = (Task.TrainCount + Config.Train.Batch - 1) / Config.Train.Batch;
        return Result(Task.Evaluate(DataSplit.Test, advance, interruption)) with
        {
            Epoch = (manifest.Progress.Step + stepsPerEpoch - 1) / stepsPerEpoch,
            Steps = manifest.Progress.Step, Seconds = manifest.Progress.ElapsedSeconds,
        };
    }

    /// <summary>Frees the network and the data.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _data.Dispose();
    }

    /// <summary>The group, if the configuration is right.</summary>
    internal static LieGroup Check(RotMnistConfig config) =>
        config.Validate() is { Count: > 0 } errors
            ? throw new ArgumentException(string.Join(" ", errors))
            : LieGroups.Parse(config.Group);

    private static void CheckImages(ImageLieResNetOptions model, ImageDataset data)
    {
        var (expected, actual) = ((1, data.Height, data.Width), (model.InputChannels, model.Height, model.Width));
        if (actual != expected)
            throw new ArgumentException($"The network is for images of {model.InputChannels} x {model.Height} x " +
                $"{model.Width} (model.inputChannels, height, width), but the digits have 1 x {data.Height} x " +
                $"{data.Width}.");
    }

    private void CheckSameData()
    {
        if (Config.DataDescription.Length > 0 && Config.DataDescription != DataDescription)
            throw new InvalidDataException($"The run '{Folder.Path}' was started on other data: " +
                $"'{Config.DataDescription}', but now there are '{DataDescription}'.");
    }

    private static RotMnistOptions WithFullPath(RotMnistOptions data) =>
        data.DataRoot is null ? data : data with { DataRoot = Path.GetFullPath(data.DataRoot) };

    private RunResult Result(Evaluation evaluation) => new()
    {
        Run = Folder.Path, Group = Config.Group, Data = DataDescription, EmbeddedSample = IsEmbeddedSample,
        Evaluated = evaluation.Count, Metrics = evaluation.Metrics,
    };

    private void WriteCurves()
    {
        var reports = Folder.Metrics.Read();
        if (reports.Count > 0) CurvesPlot.Write(Folder.Curves, reports, $"{Config.Group} on rotated digits");
    }
}
