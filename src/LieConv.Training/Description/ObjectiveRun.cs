using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>A run of an <see cref="ObjectiveTask{TConfig}"/>.</summary>
internal sealed class ObjectiveRun<TConfig> : TrainingRun where TConfig : RunConfig
{
    private readonly ObjectiveTask<TConfig> _task;
    private readonly TConfig _config;
    private readonly string? _network;
    private readonly string _group;

    public ObjectiveRun(RunFolder folder, ObjectiveTask<TConfig> task, TConfig config) : base(folder)
    {
        Check(config);
        _task = task;
        _config = config with { Train = Prepare(config.Train) };
        (_network, _group) = Names(config);
        Objective = task.CreateObjective(_config);
    }

    public override RunConfig Configuration => _config;

    public override Objective Objective { get; }

    public override string DataDescription => _task.DescribeData(_config);

    public override string NetworkDescription => Name(_network, _group);

    public override string Subject => _task.Name;

    public override string ExampleName => _task.ExampleName;

    public override IReadOnlyList<Metric> Metrics => _task.Metrics;

    public static ObjectiveRun<TConfig> Start(ObjectiveTask<TConfig> task, TConfig config, string? path)
    {
        Check(config);
        var (network, group) = Names(config);
        return Start(
            path, () => RunFolder.DefaultPath(task.Name, Name(network, group), TimeProvider.System.GetUtcNow()),
            folder => new ObjectiveRun<TConfig>(folder, task, config));
    }

    protected override void Free() => Objective.Model.Dispose();

    protected override RunResult Result(Evaluation evaluation) => new()
    {
        Run = Folder.Path, Task = _task.Name, Network = _network, Group = _group, Data = DataDescription,
        Evaluated = evaluation.Count, Metrics = evaluation.Metrics,
    };

    protected override void WriteConfiguration() =>
        ConfigFile.Write(Folder.Config, _config with { DataDescription = DataDescription });

    private static void Check(TConfig config)
    {
        if (config.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
    }

    private static (string? Network, string Group) Names(TConfig config)
    {
        var leaves = ConfigFile.Flatten(config, "");
        return (leaves.GetValueOrDefault("network"), leaves.GetValueOrDefault("group") ?? "");
    }

    private static string Name(string? network, string group) =>
        string.Join('-', new[] { network, group }.Where(name => !string.IsNullOrEmpty(name)));
}
