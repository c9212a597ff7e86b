using LieConv.Datasets.Points;
using LieConv.Groups;
using LieConv.Layers;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Preparation;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Points;

/// <summary>A training on sets of points in its run folder: the network, the data and what came of them.</summary>
internal sealed class PointRun : TrainingRun
{
    private readonly PointParts _data;
    private readonly PointTask _task;

    private PointRun(RunFolder folder, PointTask task, PointConfig config, Action<string> log) : base(folder)
    {
        Check(config);
        config.CheckGroups(task.KnownDimensions);
        RequireSize(config);
        _task = task;
        _data = Open(folder, task, config, log);
        (IsSameData, AlsoWrittenAtStart) = (_data.IsSame, [SplitPath(folder)]);
        try
        {
            Config = config;
            // What was learnt of classes and scales would mean something else in other data, to evaluate, too.
            CheckSameData();
            RefuseMissingParts(config);
            Config = PointFit.Resolve(
                config with { Data = WithFullPath(config.Data), Train = Prepare(config.Train) }, _data);
            Check(Config);
            Model = CreateNetwork(Config);
            Points = new PointObjective(Model, _data, Config);
        }
        catch
        {
            Model?.Dispose();
            _data.Dispose();
            throw;
        }
    }

    /// <summary>The resolved configuration.</summary>
    public PointConfig Config { get; }

    /// <inheritdoc/>
    public override RunConfig Configuration => Config;

    /// <inheritdoc/>
    public override Objective Objective => Points;

    /// <summary>The same, as one of points.</summary>
    public PointObjective Points { get; }

    /// <summary>The network.</summary>
    public PointNetwork Model { get; }

    /// <summary>The data.</summary>
    public PointParts Data => _data;

    /// <summary>The group.</summary>
    public LieGroup Group => Model.Network.Group;

    /// <inheritdoc/>
    public override string DataDescription => _data.Description;

    /// <inheritdoc/>
    public override string NetworkDescription => NetworkBlocks.Describe(Config.Model.Block, Config.Group);

    /// <inheritdoc/>
    public override string Subject =>
        $"{string.Join(", ", Config.Found!.Schema.Targets.Select(target => target.Name))} ({_task.Name})";

    /// <inheritdoc/>
    public override string ExampleName => _task.ExampleName;

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => PointMetrics.Create(Config.Found!.Schema);

    /// <summary>Prepares a new run; what fails leaves no folder behind.</summary>
    public static PointRun Start(PointTask task, PointConfig config, string? path, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        Check(config);
        var group = config.Group.Length == 0 ? "T" : config.Group;
        return Start(
            path, () => RunFolder.DefaultPath(task.Name, group, TimeProvider.System.GetUtcNow()),
            folder => new PointRun(folder, task, config, log), run => run.WriteSplit());
    }

    /// <summary>Opens a run to continue or to evaluate it.</summary>
    /// <exception cref="InvalidDataException">If the folder is no run or its configuration is damaged.</exception>
    public static PointRun Open(PointTask task, string path, Func<PointConfig, PointConfig> change, Action<string> log)
    {
        var folder = RunFolder.Open(path);
        return new PointRun(folder, task, change(RunConfig.Read<PointConfig>(folder.Config, task.Name)), log);
    }

    /// <summary>The network of a resolved configuration.</summary>
    public static PointNetwork CreateNetwork(PointConfig config) => new(
        config.CreateGroup(config.Found!.Schema.Dimensions),
        config.Model with { Block = config.Model.Block with { Products = config.Train.Products } });

    /// <inheritdoc/>
    protected override void Free()
    {
        Points.Dispose();
        Model.Dispose();
        _data.Dispose();
    }

    /// <inheritdoc/>
    protected override RunResult Result(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return new RunResult
        {
            Run = Folder.Path, Task = Config.Task, Network = NetworkBlocks.UnusualName(Config.Model.Block),
            Group = Config.Group,
            Target = string.Join(',', Config.Found!.Schema.Targets.Select(target => target.Name)),
            Data = DataDescription, Evaluated = evaluation.Count, Metrics = evaluation.Metrics,
        };
    }

    /// <inheritdoc/>
    protected override void WriteConfiguration() =>
        ConfigFile.Write(Folder.Config, Config with { DataDescription = DataDescription });

    /// <summary>A run can be opened from any folder.</summary>
    internal static PointDataOptions WithFullPath(PointDataOptions data) => data with
    {
        Path = data.Path.Length == 0 ? "" : Path.GetFullPath(data.Path),
        DataRoot = data.DataRoot is null ? null : Path.GetFullPath(data.DataRoot),
    };

    /// <summary>Before the data: their dimension changes few of a large network's parameters.</summary>
    private static void RequireSize(PointConfig config) =>
        new NetworkSize(config.Model.Channels, config.Model.Layers, config.Model.BlockChannels).Require(
            (channels, layers) => new PointNetwork(new Translation(2), config.Model with
            {
                Channels = channels, Layers = layers, BlockChannels = null, Block = new BlockOptions { Neighborhood = NeighborhoodKind.Ball },
            }), config.Train.Dtype);

    private void RefuseMissingParts(PointConfig config)
    {
        if (_data[SplitPart.Test].Length == 0)
            throw new ArgumentException(
                $"There are no sets to test on ({_data.Split.Description}); expected some, as by --split 0.7,0.15,0.15.");
        if (config.Train.Validate(_data[SplitPart.Validation].Length > 0) is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(" ", errors));
    }

    private static string SplitPath(RunFolder folder) => Path.Combine(folder.Path, SplitFile.Name);

    private void WriteSplit() => SplitFile.Write(SplitPath(Folder), _data.Split, Ids(_data.Sets));

    /// <summary>The data in the parts that the run's folder has, or in new ones.</summary>
    private static PointParts Open(RunFolder folder, PointTask task, PointConfig config, Action<string> log)
    {
        var sets = task.OpenSets(config, log);
        try
        {
            var isNew = !File.Exists(SplitPath(folder));
            var split = isNew ? PointParts.Part(config, sets) : SplitFile.Read(SplitPath(folder), Ids(sets));
            foreach (var note in split.Notes) log(note);
            if (isNew) log($"Split: {split.Description}.");
            return new PointParts(sets, split, config);
        }
        catch
        {
            sets.Dispose();
            throw;
        }
    }

    private static string[] Ids(PointSets sets) => [.. Enumerable.Range(0, sets.Count).Select(sets.IdOf)];

    private static void Check(PointConfig config)
    {
        if (config.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
    }
}
