using LieConv.Groups;
using LieConv.Models;
using LieConv.Training.Checkpoints;
using LieConv.Training.Classification;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Preparation;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Images;

/// <summary>A training on pictures in its run folder: the network, the data and what came of them.</summary>
internal sealed class ImageRun : TrainingRun
{
    private readonly PictureParts _data;
    private readonly ImageLieResNet _model;

    private ImageRun(RunFolder folder, ImageConfig config, Action<string> log) : base(folder)
    {
        RequireSize(config);
        _data = PictureParts.Open(config, SplitPath(folder), log);
        (IsSameData, AlsoWrittenAtStart) = (_data.IsSame, [SplitPath(folder)]);
        try
        {
            Config = config;
            // What was learnt of classes and scales would mean something else in other data, to evaluate, too.
            CheckSameData();
            if (config.Train.Validate(_data.ValidationCount > 0) is { Count: > 0 } errors)
                throw new ArgumentException(string.Join(" ", errors));
            Config = PictureFit.Resolve(
                config with
                {
                    Group = Check(config).ToString(), Train = Prepare(config.Train), Data = config.Data with
                    {
                        Path = Path.GetFullPath(config.Data.Path),
                        DataRoot = config.Data.DataRoot is null ? null : Path.GetFullPath(config.Data.DataRoot),
                    },
                }, _data);
            Check(Config);
            _model = CreateNetwork(Config);
            Objective = CreateObjective(Config);
        }
        catch
        {
            _model?.Dispose();
            _data.Dispose();
            throw;
        }
    }

    /// <summary>The resolved configuration.</summary>
    public ImageConfig Config { get; }

    /// <inheritdoc/>
    public override RunConfig Configuration => Config;

    /// <inheritdoc/>
    public override Objective Objective { get; }

    /// <inheritdoc/>
    public override string DataDescription => _data.Describe(Config.Data.Path);

    /// <inheritdoc/>
    public override string NetworkDescription => NetworkBlocks.Describe(Config.Model.Block, Config.Group);

    /// <inheritdoc/>
    public override string Subject => "pictures";

    /// <inheritdoc/>
    public override string ExampleName => "pictures";

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => OwnPictures.Figures;

    /// <summary>Prepares a new run; what fails leaves no folder behind.</summary>
    public static ImageRun Start(ImageConfig config, string? path, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        var group = Check(config).ToString();
        return Start(
            path, () => RunFolder.DefaultPath(config.Task, group, TimeProvider.System.GetUtcNow()),
            folder => new ImageRun(folder, config, log), run => run._data.WriteSplit(SplitPath(run.Folder)));
    }

    /// <summary>Opens a run to continue or to evaluate it.</summary>
    /// <exception cref="InvalidDataException">If the folder is no run or its configuration is damaged.</exception>
    public static ImageRun Open(string path, Func<ImageConfig, ImageConfig> change, Action<string> log)
    {
        var folder = RunFolder.Open(path);
        return new ImageRun(folder, change(ImageConfig.Read(folder.Config)), log);
    }

    /// <summary>The network of a resolved configuration.</summary>
    public static ImageLieResNet CreateNetwork(ImageConfig config) => new(
        Check(config), config.Model with { Block = config.Model.Block with { Products = config.Train.Products } });

    private static void RequireSize(ImageConfig config) =>
        new NetworkSize(config.Model.Channels, config.Model.Layers, config.Model.BlockChannels).Require(
            (channels, layers) => CreateNetwork(config with
            {
                Model = config.Model with { Channels = channels, Layers = layers, BlockChannels = null },
            }), config.Train.Dtype);

    /// <inheritdoc/>
    protected override void Free()
    {
        _model.Dispose();
        _data.Dispose();
    }

    /// <inheritdoc/>
    protected override RunResult Result(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return new RunResult
        {
            Run = Folder.Path, Task = Config.Task, Network = NetworkBlocks.UnusualName(Config.Model.Block),
            Group = Config.Group, Data = DataDescription, Evaluated = evaluation.Count, Metrics = evaluation.Metrics,
        };
    }

    /// <inheritdoc/>
    protected override void WriteConfiguration() =>
        ConfigFile.Write(Folder.Config, Config with { DataDescription = DataDescription });

    private ImageObjective CreateObjective(ImageConfig config)
    {
        var found = config.Found!;
        return new ImageObjective(_model, _data.CreateImages(), config.Train, config.Identity(), new ImageLesson
        {
            Classes = found.Classes, Normalise = images => PictureFit.Normalise(found, images),
            Turns = config.Augmentation == ImageAugmentation.Rotations, ShiftPixels = config.ShiftPixels,
            Weights = config.ClassWeights == ClassWeighting.None ? null : found.ClassWeights,
            Axes = ("predicted", "true class"), Examples = "pictures",
        });
    }

    private static string SplitPath(RunFolder folder) => Path.Combine(folder.Path, SplitFile.Name);

    /// <summary>The group, if the configuration is right; known before any picture is read.</summary>
    private static LieGroup Check(ImageConfig config)
    {
        if (config.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
        var group = PlaneGroups.Parse(config.Group);
        return group.PointDim == 2 ? group : throw new ArgumentException(
            $"{group} acts on {group.PointDim}-dimensional points; expected a group on the plane, such as T2 or SE2.");
    }
}
