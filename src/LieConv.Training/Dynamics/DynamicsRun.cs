using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Dynamics.Solvers;
using LieConv.Training.Configuration;

namespace LieConv.Training.Dynamics;

/// <summary>A training on moving particles in its run folder: the network, the data and what came of them.</summary>
public sealed class DynamicsRun : TrainingRun
{
    private readonly DynamicsSplits _data;
    private readonly DynamicsTask _task;

    private DynamicsRun(RunFolder folder, DynamicsConfig config, Action<string> log) : base(folder)
    {
        Check(config);
        var group = DynamicsNetworks.GroupOf(config.Network, config.Group, config.Data.Dimensions);
        _data = DynamicsData.Load(WithFullPath(config.Data), log);
        Config = config with
        {
            Network = DynamicsNetworks.Find(config.Network).Name, Group = group?.ToString() ?? "",
            Data = WithFullPath(config.Data), Train = Prepare(config.Train),
        };
        var parameters = (int)_data.Train.Parameters.shape[2];
        Model = DynamicsNetworks.Create(
            config.Network, group, config.Model, config.Data.Particles, config.Data.Dimensions, parameters);
        _task = new DynamicsTask(
            Model, _data, config.Data.ChunkLength, OdeSolvers.Parse(config.Solver), config.Train, Config.Identity());
    }

    /// <summary>The resolved configuration.</summary>
    public DynamicsConfig Config { get; }

    /// <inheritdoc/>
    public override RunConfig Configuration => Config;

    /// <inheritdoc/>
    public override TrainingTask Task => _task;

    /// <summary>The network.</summary>
    public DynamicsNetwork Model { get; }

    /// <summary>The trajectories.</summary>
    public DynamicsSplits Data => _data;

    /// <inheritdoc/>
    public override string DataDescription => _data.Description;

    /// <inheritdoc/>
    public override string NetworkDescription => Name(Config.Network, Config.Group);

    /// <inheritdoc/>
    public override string Subject => Config.Task;

    /// <inheritdoc/>
    public override string ExampleName => "systems";

    /// <summary>Prepares a new run; the folder is made last, when all else is known to be right.</summary>
    /// <param name="config">What to do.</param>
    /// <param name="path">The run's folder, which must not exist or be empty; null for a name by task, network, group
    /// and time.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="ArgumentException">If the configuration is wrong or the folder is taken.</exception>
    public static DynamicsRun Start(DynamicsConfig config, string? path, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        Check(config);
        return Start(
            path ?? RunFolder.DefaultPath(
                config.Task, Name(config.Network, config.Group), TimeProvider.System.GetUtcNow()),
            folder => new DynamicsRun(folder, config, log));
    }

    /// <summary>Opens a run to continue or to use it.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="change">Changes what a session may change, such as the threads; the file stays as it is.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="InvalidDataException">If the folder is no run or its configuration is damaged.</exception>
    public static DynamicsRun Open(string path, Func<DynamicsConfig, DynamicsConfig> change, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(change);
        var folder = RunFolder.Open(path);
        return new DynamicsRun(folder, change(DynamicsConfig.Read(folder.Config)), log);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Model.Dispose();
        _data.Dispose();
    }

    /// <inheritdoc/>
    protected override RunResult Result(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return new RunResult
        {
            Run = Folder.Path, Task = Config.Task, Network = Config.Network, Group = Config.Group,
            Data = DataDescription, Evaluated = evaluation.Count, Metrics = evaluation.Metrics,
        };
    }

    /// <inheritdoc/>
    protected override void WriteConfiguration() =>
        ConfigFile.Write(Folder.Config, Config with { DataDescription = DataDescription });

    private static void Check(DynamicsConfig config)
    {
        if (config.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
    }

    private static string Name(string network, string group) => group.Length == 0 ? network : $"{network}-{group}";

    private static DynamicsDataOptions WithFullPath(DynamicsDataOptions data) =>
        data.DataRoot is null ? data : data with { DataRoot = Path.GetFullPath(data.DataRoot) };
}
