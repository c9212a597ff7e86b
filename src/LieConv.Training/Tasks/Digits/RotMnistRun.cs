using LieConv.Datasets.Digits;
using LieConv.Groups;
using LieConv.Models;
using LieConv.Training.Checkpoints;
using LieConv.Training.Classification;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Digits;

/// <summary>A training on rotated digits in its run folder: the network, the data and what came of them.</summary>
public sealed class RotMnistRun : TrainingRun
{
    private readonly ImageLieResNet _model;
    private readonly ImageSplits _data;
    private readonly ImageObjective _objective;

    private RotMnistRun(RunFolder folder, RotMnistConfig config, Action<string> log) : base(folder)
    {
        var group = Check(config);
        Config = config with
        {
            Group = group.ToString(), Data = WithFullPath(config.Data), Train = Prepare(config.Train),
        };
        RequireSize(config);
        _model = CreateNetwork(config);
        _data = RotMnist.Load(Config.Data, log);
        CheckImages(config.Model, _data.Train);
        _objective = new ImageObjective(_model, config.Model.Outputs, _data, config.Train, Config.Identity(),
            Config.ShiftPixels);
    }

    /// <summary>The resolved configuration.</summary>
    public RotMnistConfig Config { get; }

    /// <inheritdoc/>
    public override RunConfig Configuration => Config;

    /// <inheritdoc/>
    public override Objective Objective => _objective;

    /// <summary>The network.</summary>
    public ImageLieResNet Model => _model;

    /// <inheritdoc/>
    public override string DataDescription => _data.Description;

    /// <inheritdoc/>
    public override string NetworkDescription => NetworkBlocks.Describe(Config.Model.Block, Config.Group);

    /// <inheritdoc/>
    public override string Subject => "rotated digits";

    /// <inheritdoc/>
    public override string ExampleName => "images";

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => RotatedDigits.Figures;

    /// <summary>Whether the small sample inside the library is used.</summary>
    public bool IsEmbeddedSample => _data.IsEmbeddedSample;

    /// <summary>Prepares a new run; the folder is made last, when all else is known to be right.</summary>
    /// <param name="config">What to do.</param>
    /// <param name="path">The run's folder, which must not exist or be empty; null for a name by task, group and
    /// time.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="ArgumentException">If the configuration is wrong or the folder is taken.</exception>
    public static RotMnistRun Start(RotMnistConfig config, string? path, Action<string> log) =>
        Start(config, path, log, null);

    /// <summary>Prepares a new run and does something to it before anything is written; what fails leaves no folder
    /// behind.</summary>
    internal static RotMnistRun Start(
        RotMnistConfig config, string? path, Action<string> log, Action<RotMnistRun>? prepare)
    {
        ArgumentNullException.ThrowIfNull(config);
        var group = Check(config).ToString();
        return Start(
            path, () => RunFolder.DefaultPath(config.Task, group, TimeProvider.System.GetUtcNow()),
            folder => new RotMnistRun(folder, config, log), prepare);
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
        return new RotMnistRun(folder, change(RotMnistConfig.Read(folder.Config)), log);
    }

    /// <inheritdoc/>
    protected override void Free()
    {
        _model.Dispose();
        _data.Dispose();
    }

    /// <summary>Makes the network of a configuration that is right; it needs no data.</summary>
    internal static ImageLieResNet CreateNetwork(RotMnistConfig config) =>
        new(Check(config), config.Model with { Block = config.Model.Block with { Products = config.Train.Products } });

    private static void RequireSize(RotMnistConfig config) =>
        new NetworkSize(config.Model.Channels, config.Model.Layers, config.Model.BlockChannels).Require(
            (channels, layers) => CreateNetwork(config with
            {
                Model = config.Model with { Channels = channels, Layers = layers, BlockChannels = null },
            }), config.Train.Dtype);

    /// <summary>The group, if the configuration is right.</summary>
    internal static LieGroup Check(RotMnistConfig config) =>
        config.Validate() is { Count: > 0 } errors
            ? throw new ArgumentException(string.Join(" ", errors))
            : GroupOf(config.Group);

    /// <summary>The group of a name, of the plane where it does not say; a network refuses others.</summary>
    internal static LieGroup GroupOf(string name) => PlaneGroups.Parse(name);

    /// <inheritdoc/>
    protected override RunResult Result(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return new RunResult
        {
            Run = Folder.Path, Task = Config.Task, Network = NetworkBlocks.UnusualName(Config.Model.Block),
            Group = Config.Group, Data = DataDescription, EmbeddedSample = IsEmbeddedSample,
            Evaluated = evaluation.Count, Metrics = evaluation.Metrics,
        };
    }

    /// <inheritdoc/>
    protected override void WriteConfiguration() =>
        ConfigFile.Write(Folder.Config, Config with { DataDescription = DataDescription });

    private static void CheckImages(ImageLieResNetOptions model, ImageDataset data)
    {
        var (expected, actual) = ((1, data.Height, data.Width), (model.InputChannels, model.Height, model.Width));
        if (actual != expected)
            throw new ArgumentException($"The network is for images of {model.InputChannels} x {model.Height} x " +
                $"{model.Width} (model.inputChannels, height, width), but the digits have 1 x {data.Height} x " +
                $"{data.Width}.");
    }

    private static RotMnistOptions WithFullPath(RotMnistOptions data) =>
        data.DataRoot is null ? data : data with { DataRoot = Path.GetFullPath(data.DataRoot) };
}
