using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Dynamics.Solvers;
using LieConv.Groups;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Runs;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>A training on moving particles in its run folder: the network, the data and what came of them.</summary>
public sealed class DynamicsRun : TrainingRun
{
    private readonly DynamicsSplits _data;
    private readonly DynamicsObjective _objective;

    private DynamicsRun(RunFolder folder, DynamicsConfig config, Func<DynamicsDataOptions, DynamicsSplits> load)
        : base(folder)
    {
        Check(config);
        RequireSize(config);
        _data = load(WithFullPath(config.Data));
        var group = GroupOf(config);
        Config = config with
        {
            Network = DynamicsNetworks.Find(config.Network).Name, Group = group?.ToString() ?? "",
            Data = WithFullPath(config.Data), Train = Prepare(config.Train),
        };
        Model = CreateNetwork(config);
        var solver = OdeSolvers.Parse(config.Solver);
        Remark = (solver as AdaptiveSolver)?.Remark(config.Train.Dtype) is { } remark ? $"{config.Solver}: {remark}" : null;
        _objective = new DynamicsObjective(Model, _data, config.Data.ChunkLength, solver, config.Train, Config.Identity());
    }

    /// <summary>The resolved configuration.</summary>
    public DynamicsConfig Config { get; }

    /// <inheritdoc/>
    public override RunConfig Configuration => Config;

    /// <inheritdoc/>
    public override Objective Objective => _objective;

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

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => MovingParticles.Figures;

    /// <summary>Whether the network takes systems of one size only.</summary>
    public bool IsBoundToSize => Model is FullyConnectedDynamics or FullyConnectedHamiltonian;

    /// <summary>Prepares a new run; where the data or the network fail, no folder is left behind.</summary>
    /// <param name="config">What to do.</param>
    /// <param name="path">The run's folder, which must not exist or be empty; null for a name by task, network, group
    /// and time.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="ArgumentException">If the configuration is wrong or the folder is taken.</exception>
    public static DynamicsRun Start(DynamicsConfig config, string? path, Action<string> log) =>
        Start(config, path, log, null);

    /// <summary>Prepares a new run and does something to it before anything is written; what fails leaves no folder
    /// behind.</summary>
    internal static DynamicsRun Start(
        DynamicsConfig config, string? path, Action<string> log, Action<DynamicsRun>? prepare)
    {
        ArgumentNullException.ThrowIfNull(config);
        Check(config);
        return Start(
            path, () => RunFolder.DefaultPath(
                config.Task, Name(config.Network, config.Group), TimeProvider.System.GetUtcNow()),
            folder => new DynamicsRun(folder, config, data => DynamicsData.Load(data, log)), prepare);
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
        return new DynamicsRun(
            folder, change(DynamicsConfig.Read(folder.Config)), data => DynamicsData.Load(data, log));
    }

    /// <summary>Opens a run for its network alone; of its data there is only a token.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="change">Changes what a session may change, such as the threads.</param>
    /// <exception cref="InvalidDataException">If the folder is no run or its configuration is damaged.</exception>
    public static DynamicsRun OpenToPredict(string path, Func<DynamicsConfig, DynamicsConfig> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var folder = RunFolder.Open(path);
        return new DynamicsRun(folder, change(DynamicsConfig.Read(folder.Config)), data => DynamicsData.Make(
            DynamicalSystems.Find(data.System), data with
            {
                TrainCount = 1, ValidationCount = 0, TestCount = 1, RolloutCount = 1, Points = data.ChunkLength,
                FreshChunks = false,
            }));
    }

    /// <summary>
    /// The network's motion from given states, without gradients. States are float64 whatever the network's precision
    /// is: adding many small steps to them in float32 would cost more digits than the network does.
    /// </summary>
    /// <param name="initial">States at the first time, in any precision, shape (b, 2, n, D).</param>
    /// <param name="systems">The systems.</param>
    /// <param name="times">Times, rising.</param>
    /// <param name="solver">Integrates.</param>
    /// <param name="interruption">Stops between evaluations by <see cref="OperationCanceledException"/>.</param>
    public OdeSolution Predict(
        Tensor initial, ParticleSystems systems, IReadOnlyList<double> times, OdeSolver solver,
        CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(solver);
        using var off = no_grad();
        var own = ToModel(systems);
        var field = Model.Field(own);
        return solver.Solve(
            (time, state) =>
            {
                interruption.ThrowIfCancellationRequested();
                using var step = NewDisposeScope();
                return step.MoveToOuter(field(time, Near(state, own).to(Dtype)).to(ScalarType.Float64));
            },
            initial.to(ScalarType.Float64, Device), times);
    }

    /// <summary>The network's energy along motions, float64, shape (t, b); null for a network that learns none.</summary>
    /// <param name="states">Shape (t, b, 2, n, D).</param>
    /// <param name="systems">The systems.</param>
    internal Tensor? LearnedEnergies(Tensor states, ParticleSystems systems)
    {
        if (Model is not HamiltonianNetwork network) return null;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var own = ToModel(systems);
        var times = Enumerable.Range(0, (int)states.shape[0]);
        var energies = stack([.. times.Select(
            time => network.Energy(Near(states[time].to(Device), own).to(Dtype), own))], 0);
        return scope.MoveToOuter(energies.to(CPU).to(ScalarType.Float64));
    }

    /// <inheritdoc/>
    protected override void Free()
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

    /// <summary>Makes the network of a configuration that is right; it needs no data.</summary>
    internal static DynamicsNetwork CreateNetwork(DynamicsConfig config)
    {
        Check(config);
        return DynamicsNetworks.Create(
            config.Network, GroupOf(config), config.Model, config.Data.Particles, config.Data.Dimensions,
            DynamicalSystems.Find(config.Data.System).Parameters);
    }

    private static void RequireSize(DynamicsConfig config) =>
        new NetworkSize(config.Model.Channels, config.Model.Layers, config.Model.BlockChannels).Require(
            (channels, layers) => CreateNetwork(config with
            {
                Model = config.Model with { Channels = channels, Layers = layers, BlockChannels = null },
            }), config.Train.Dtype);

    private static LieGroup? GroupOf(DynamicsConfig config) =>
        DynamicsNetworks.GroupOf(config.Network, config.Group, config.Data.Dimensions);

    private ScalarType Dtype => Config.Train.Dtype;

    private Device Device => Config.Train.OpenDevice();

    /// <summary>States about the origin where the network sees differences of positions only: far away a float32 would
    /// have few digits left for them.</summary>
    private Tensor Near(Tensor state, ParticleSystems systems) => Model.IsTranslationInvariant
        ? PhaseSpace.Join(PhaseSpace.Centred(PhaseSpace.Positions(state), systems.Mask), PhaseSpace.Momenta(state))
        : state;

    private ParticleSystems ToModel(ParticleSystems systems) =>
        new(systems.Parameters.to(Dtype, Device), systems.Mask?.to(Device));

    private static void Check(DynamicsConfig config)
    {
        if (config.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
    }

    /// <summary>A network and its group in one word.</summary>
    internal static string Name(string network, string group) => group.Length == 0 ? network : $"{network}-{group}";

    private static DynamicsDataOptions WithFullPath(DynamicsDataOptions data) =>
        data.DataRoot is null ? data : data with { DataRoot = Path.GetFullPath(data.DataRoot) };
}
