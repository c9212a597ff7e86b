using LieConv.Datasets.Molecules;
using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>A training on molecules in its run folder: the network, the data and what came of them.</summary>
public sealed class MoleculeRun : TrainingRun
{
    private readonly MoleculeParts _data;
    private readonly MoleculeObjective _objective;

    private MoleculeRun(
        RunFolder folder, MoleculeConfig config, Action<string> log, IReadOnlyList<TargetScale>? scales = null)
        : base(folder)
    {
        Check(config);
        RequireSize(config);
        var data = WithFullPath(config.Data);
        _data = MoleculeSource.Load(data, log);
        Config = Resolve(config with { Data = data, Train = Prepare(config.Train) }, _data, scales);
        Model = Config.CreateNetwork();
        Remark = DrawnNeighbours(Model);
        _objective = new MoleculeObjective(Model, _data, Config);
    }

    private static void RequireSize(MoleculeConfig config) =>
        new NetworkSize(config.Model.Channels, config.Model.Layers, config.Model.BlockChannels).Require(
            (channels, layers) => (config with
            {
                Model = config.Model with
                {
                    Channels = channels, Layers = layers, BlockChannels = null, BlockFills = null,
                },
            }).CreateNetwork(), config.Train.Dtype);

    /// <summary>The resolved configuration.</summary>
    public MoleculeConfig Config { get; }

    /// <inheritdoc/>
    public override RunConfig Configuration => Config;

    /// <inheritdoc/>
    public override Objective Objective => _objective;

    /// <summary>The task, as one of molecules.</summary>
    public MoleculeObjective Molecules => _objective;

    /// <summary>The network.</summary>
    public MolecularNetwork Model { get; }

    /// <inheritdoc/>
    public override string DataDescription => _data.Description;

    /// <inheritdoc/>
    public override string NetworkDescription =>
        Config.Group.Length == 0 ? Config.Network : $"{Config.Network}-{Config.Group}";

    /// <inheritdoc/>
    public override string Subject => Config.Task == MoleculeDataOptions.Md17
        ? $"{Config.Data.Molecule} ({Config.Task})"
        : $"{Config.Target} ({Config.Task})";

    /// <inheritdoc/>
    public override string ExampleName => "molecules";

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => MoleculeProperties.FiguresOf(Config);

    /// <summary>Prepares a new run; where the data or the network fail, no folder is left behind. Of a preset's network with
    /// frames all atoms are neighbours, unless the configuration says which
    /// (<see cref="MoleculePresets.WithNeighbours"/>).</summary>
    /// <param name="config">What to do.</param>
    /// <param name="path">The run's folder, which must not exist or be empty; null for a name by task, target, network
    /// and time.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="ArgumentException">If the configuration is wrong or the folder is taken.</exception>
    public static MoleculeRun Start(MoleculeConfig config, string? path, Action<string> log) =>
        Start(config, path, log, null, null);

    /// <summary>Prepares a new run and does something to it before anything is written; what fails leaves no folder
    /// behind.</summary>
    /// <param name="config">What to do.</param>
    /// <param name="path">As above.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <param name="scales">How the network's numbers become targets; null for what the training molecules say.</param>
    /// <param name="prepare">What is done, or null.</param>
    internal static MoleculeRun Start(
        MoleculeConfig config, string? path, Action<string> log, IReadOnlyList<TargetScale>? scales,
        Action<MoleculeRun>? prepare)
    {
        ArgumentNullException.ThrowIfNull(config);
        config = MoleculePresets.WithNeighbours(config);
        Check(config);
        var what = config.Task == MoleculeDataOptions.Md17 ? config.Data.Molecule : config.Target;
        return Start(
            path, () => RunFolder.DefaultPath(
                config.Task, $"{what}-{config.Network}-{config.Group}", TimeProvider.System.GetUtcNow()),
            folder => new MoleculeRun(folder, config, log, scales), prepare);
    }

    /// <summary>Opens a run to continue or to evaluate it.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="change">Changes what a session may change, such as the threads; the file stays as it is.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="InvalidDataException">If the folder is no run or its configuration is damaged.</exception>
    public static MoleculeRun Open(string path, Func<MoleculeConfig, MoleculeConfig> change, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(change);
        var folder = RunFolder.Open(path);
        return new MoleculeRun(folder, change(MoleculeConfig.Read(folder.Config)), log);
    }

    /// <inheritdoc/>
    protected override void Free() => Model.Dispose();

    /// <inheritdoc/>
    protected override RunResult Result(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return new RunResult
        {
            Run = Folder.Path, Task = Config.Task, Network = Config.Network, Group = Config.Group,
            Target = Config.Target, Unit = Config.Targets.Count == 1 ? Config.Targets[0].Unit : "standard deviations",
            Data = DataDescription, EmbeddedSample = _data.IsEmbeddedSample, Evaluated = evaluation.Count,
            Metrics = evaluation.Metrics,
        };
    }

    /// <inheritdoc/>
    protected override void WriteConfiguration() =>
        ConfigFile.Write(Folder.Config, Config with { DataDescription = DataDescription });

    /// <summary>The configuration with what follows from the training molecules: species, targets and their scales.</summary>
    private static MoleculeConfig Resolve(
        MoleculeConfig config, MoleculeParts data, IReadOnlyList<TargetScale>? scales)
    {
        var isNew = config.Targets.Count == 0;
        var targets = isNew ? scales ?? MoleculeScales.Measure(config, data.Train) : config.Targets;
        var isGiven = !config.Model.Species.SequenceEqual(new MolecularNetworkOptions().Species);
        var species = isNew && !isGiven ? data.Species : config.Model.Species;
        var group = MolecularNetworks.GroupOf(config.Network, config.Group)?.ToString() ?? "";
        if (isNew && config.Standardise)
            config = config with { Model = PositionScales.Standardised(config.Model, data.Train) };
        if (isNew && config.SumExtensive && group.Length > 0)
            config = config with { Model = MoleculeScales.WithSums(config.Model, targets, data.Train) };
        if (isNew && config.DipoleHead && group.Length > 0)
            config = config with { Model = MoleculeScales.WithDipole(config.Model, targets) };
        return config with
        {
            Network = MolecularNetworks.Find(config.Network).Name, Group = group, Targets = targets,
            Model = config.Model with { Species = species, Outputs = targets.Count },
        };
    }

    /// <summary>What drawn neighbours mean for a network with frames; null where there are none.</summary>
    private static string? DrawnNeighbours(MolecularNetwork model) =>
        model is MolecularLieResNet { Options.Block.Frames: not FrameChoice.Sampled } framed &&
        framed.Network.Options.Block.Neighborhood == NeighborhoodKind.Ball
            ? "Neighbours are drawn at random from balls, for each frame anew: rotations then leave predictions alone in " +
              "distribution only; model.block.neighborhood=Everything leaves them alone exactly."
            : null;

    private static void Check(MoleculeConfig config)
    {
        if (config.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
    }

    private static MoleculeDataOptions WithFullPath(MoleculeDataOptions data) =>
        data.DataRoot is null ? data : data with { DataRoot = Path.GetFullPath(data.DataRoot) };
}
