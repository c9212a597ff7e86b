using LieConv.Datasets.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>How particles move: springs, nbody.</summary>
public sealed class MovingParticles : LearningTask<DynamicsConfig>
{
    /// <summary>The figures of a motion.</summary>
    internal static IReadOnlyList<Metric> Figures { get; } =
        [new(DynamicsObjective.Mse, "MSE", "mean squared error") { Format = MetricFormat.Scientific }];

    /// <summary>Particles that springs join.</summary>
    public static MovingParticles Springs { get; } = new(DynamicsConfig.Springs, "Particles that springs join.");

    /// <summary>Particles under gravity.</summary>
    public static MovingParticles NBody { get; } =
        new(DynamicsConfig.NBody, "Particles that attract each other by gravity.");

    private MovingParticles(string name, string description) : base(name, description)
    {
        (Family, ExampleName, FolderName) = ("moving particles", "systems", $"{name}-NETWORK-GROUP-TIME");
        Data = [TrajectorySource.Source];
        Weights = new FamilyWeights<DynamicsConfig>(DynamicsWeights.Export, DynamicsWeights.Import);
        Measure = new RolloutMeasure();
        Predictor = new MotionPredictor();
        Study = new StudyRules { Decisive = Decisive, Complaint = SpaceComplaint, Parse = Parse };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
    [
        UsualSettings.Network(KnownNetworks),
        UsualSettings.Group(),
        UsualSettings.Preset(DynamicsPresets.Names, DynamicsPresets.Default),
        UsualSettings.DataRoot("Folder that keeps the simulated trajectories [default: the usual data folder]."),
        Setting.Count(UsualSettings.TrainOption, "data.trainCount",
            "Training systems; fewer are trained for more epochs.") with { IsOfPreset = true },
        Setting.Count("--particles", "data.particles", "Particles of a system."),
        Setting.Count("--dim", "data.dimensions", "Dimensions of the space, 2 or 3.", 2, 3, "2 or 3") with
        {
            IsOfPreset = true,
        },
        Setting.Text("--solver", "solver", "Integrates the network's motion, such as rk4.", "NAME"),
        .. UsualSettings.Training("systems", "float32 or float64").Select(WithWhatFollows),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => Figures;

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkChoice> Networks => KnownNetworks;

    private static IReadOnlyList<NetworkChoice> KnownNetworks =>
        [.. DynamicsNetworks.Known.Select(known => new NetworkChoice(known.Name, known.HasGroup ? "T2" : null))];

    /// <inheritdoc/>
    protected override DynamicsConfig CreatePreset(SettingValues given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return DynamicsPresets.Create(
            Name, given.Text(UsualSettings.PresetOption) ?? DynamicsPresets.Default,
            given.Text(UsualSettings.NetworkOption), given.Text(UsualSettings.GroupOption), given.Count("--dim"),
            given.Count(UsualSettings.TrainOption));
    }

    /// <inheritdoc/>
    protected override DynamicsConfig ReadConfig(string path) => DynamicsConfig.Read(path);

    /// <inheritdoc/>
    protected override TrainingRun StartRun(DynamicsConfig config, string? path, Action<string> log) =>
        DynamicsRun.Start(config, path, log);

    /// <inheritdoc/>
    protected override TrainingRun OpenRun(
        string path, Func<DynamicsConfig, DynamicsConfig> change, Action<string> log) =>
        DynamicsRun.Open(path, change, log);

    /// <summary>One seed makes data and training; many epochs are evaluated less often.</summary>
    private static Setting WithWhatFollows(Setting setting) => setting.Option switch
    {
        UsualSettings.SeedOption => setting with { Sets = value => [new("train.seed", value), new("data.seed", value)] },
        "--epochs" => setting with
        {
            Sets = value =>
            [
                new("train.epochs", value),
                new("train.evaluateEvery", DynamicsPresets.WithEpochs(new TrainOptions(), (int)value).EvaluateEvery),
            ],
        },
        _ => setting,
    };

    private static RunConfig Decisive(RunConfig config) => config is DynamicsConfig motion
        ? motion with
        {
            Group = DynamicsNetworks.GroupOf(motion.Network, motion.Group, motion.Data.Dimensions)?.ToString() ?? "",
        }
        : config;

    /// <summary>A group of the space of the data, where these are right.</summary>
    private static LieGroup Parse(RunConfig config, string text) => config is DynamicsConfig { Data.Dimensions: > 0 } motion
        ? LieGroups.ParseOn(motion.Data.Dimensions, text, static _ => null)
        : LieGroups.Parse(text);

    /// <summary>Networks of a study are written with their groups, and without one mean translations of the plane.
    /// </summary>
    private static string? SpaceComplaint(RunConfig config, string network, string? group)
    {
        if (group is null || config is not DynamicsConfig motion || motion.Group != group) return null;
        var (acts, space) = (Parse(motion, group), motion.Data.Dimensions);
        return space is 2 or 3 && acts.PointDim != space
            ? $"{acts} acts on {acts.PointDim}-dimensional points, but the particles move in {space} dimensions; " +
                $"write a group of that space after the network, such as {network}:T{space}."
            : null;
    }
}
