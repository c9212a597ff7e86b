using LieConv.Datasets.Downloads;
using LieConv.Datasets.Molecules;
using LieConv.Groups;
using LieConv.Molecules;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Properties of molecules: qm9, qm7, md17.</summary>
public sealed class MoleculeProperties : LearningTask<MoleculeConfig>
{
    private const string TargetOption = "--task";
    private const string MoleculeOption = "--molecule";

    /// <summary>Keys that say which atoms are neighbours.</summary>
    private static readonly string[] NeighbourKeys =
        ["model.block.neighborhood", "model.block.sampleCount", "model.fill", "model.blockFills"];

    /// <summary>Twelve properties of small organic molecules.</summary>
    public static MoleculeProperties Qm9 { get; } =
        new(MoleculeDataOptions.Qm9, "Properties of small organic molecules.", Qm9Source.Source);

    /// <summary>Atomization energies.</summary>
    public static MoleculeProperties Qm7 { get; } =
        new(MoleculeDataOptions.Qm7, "Atomization energies of small organic molecules.", Qm7Source.Source);

    /// <summary>Energies and forces.</summary>
    public static MoleculeProperties Md17 { get; } =
        new(MoleculeDataOptions.Md17, "Energies and forces of one molecule in motion.", Md17Source.Source);

    private MoleculeProperties(string name, string description, DataSource source) : base(name, description)
    {
        (Family, ExampleName, FolderName) = ("molecules", "molecules", $"{name}-TARGET-NETWORK-GROUP-TIME");
        Settings = SettingsOf(name);
        Data = [source];
        Weights = new FamilyWeights<MoleculeConfig>(MoleculeWeights.Export, MoleculeWeights.Import);
        Measure = new TransformMeasure();
        Predictor = new MoleculeFilePredictor();
        Headline = MoleculeText.Headline;
        Study = new StudyRules
        {
            Decisive = Decisive, Parse = (_, text) => LieGroups.ParseOn(3, text, static _ => null),
        };
        Complete = (config, assigned) => MoleculePresets.WithNeighbours(
            config, assigned.Any(key => NeighbourKeys.Contains(key, StringComparer.OrdinalIgnoreCase)));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => FiguresOf(null);

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkChoice> Networks => KnownNetworks;

    private static IReadOnlyList<NetworkChoice> KnownNetworks =>
        [.. MolecularNetworks.Known.Select(known => new NetworkChoice(known.Name, known.HasGroup ? "T3" : null))];

    /// <summary>The figures, in the units of a run's targets where it is known.</summary>
    internal static IReadOnlyList<Metric> FiguresOf(MoleculeConfig? config) =>
    [
        new(MoleculeObjective.Mae, "MAE", "mean absolute error")
        {
            IsLogarithmic = true,
            Unit = config is null ? "" : config.Targets.Count == 1 ? config.Targets[0].Unit : "standard deviations",
        },
        new(MoleculeObjective.ForcesMae, "MAE of forces", "mean absolute error of forces")
        {
            IsLogarithmic = true, Unit = MoleculeText.ForceUnit,
        },
        new("loss", "loss", "loss") { IsDrawn = false },
    ];

    /// <inheritdoc/>
    protected override MoleculeConfig CreatePreset(SettingValues given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return MoleculePresets.Create(
            Name, given.Text(UsualSettings.PresetOption) ?? MoleculePresets.Default,
            given.Text(UsualSettings.NetworkOption), given.Text(UsualSettings.GroupOption), given.Text(TargetOption),
            given.Text(MoleculeOption));
    }

    /// <inheritdoc/>
    protected override MoleculeConfig ReadConfig(string path) => MoleculeConfig.Read(path);

    /// <inheritdoc/>
    protected override TrainingRun StartRun(MoleculeConfig config, string? path, Action<string> log) =>
        MoleculeRun.Start(config, path, log);

    /// <inheritdoc/>
    protected override TrainingRun OpenRun(
        string path, Func<MoleculeConfig, MoleculeConfig> change, Action<string> log) =>
        MoleculeRun.Open(path, change, log);

    private static IReadOnlyList<Setting> SettingsOf(string task) =>
    [
        task == MoleculeDataOptions.Md17
            ? Setting.Text(MoleculeOption, "data.molecule", "Which molecule of MD17 [default: ethanol].", "NAME") with
            {
                IsOfPreset = true,
            }
            : Setting.Text(TargetOption, "target",
                "What to learn: homo, lumo, gap, mu, alpha, Cv, G, H, r2, U, U0, zpve, or all at once.", "NAME") with
            {
                IsOfPreset = true, Alias = "--target",
            },
        UsualSettings.Network(KnownNetworks),
        UsualSettings.Group("The symmetry: T3, SE3, SO3, Trivial3 [default: T3]."),
        UsualSettings.Preset(MoleculePresets.Names(task), MoleculePresets.Default),
        task == MoleculeDataOptions.Qm9
            ? UsualSettings.DataRoot()
            : UsualSettings.DataRoot("Folder with the data [default: the usual data folder]."),
        Setting.Count(UsualSettings.TrainOption, "data.trainCount", "Molecules to train on."),
        Setting.Count("--validation", "data.validationCount", "Molecules to choose the best epoch by."),
        Setting.Count("--test", "data.testCount", "Molecules to test on at most."),
        Split(),
        Setting.Text("--augment", "augmentation",
            "How training molecules are moved at random: none, T3, SO3 or SE3.", "GROUP"),
        .. UsualSettings.Training("molecules"),
    ];

    /// <summary>Three numbers at once; what is given by itself lies over them.</summary>
    private static Setting Split() => Setting.Text(
        "--split", "data.trainCount", "The three numbers at once; 0 to test on is all that are left.",
        "TRAIN,VALIDATION,TEST") with
    {
        Sets = text => PlainNumber.TryParseList((string)text, 0, out var counts) && counts is [> 0, _, _]
            ?
            [
                new("data.trainCount", counts[0]), new("data.validationCount", counts[1]),
                new("data.testCount", counts[2]),
            ]
            : throw new ArgumentException(
                $"--split is '{text}'; expected three whole numbers such as 12000,1000,0."),
    };

    /// <summary>Without what a run found in its molecules.</summary>
    private static RunConfig Decisive(RunConfig config)
    {
        if (config is not MoleculeConfig own) return config;
        var usual = new MolecularNetworkOptions();
        return own with
        {
            Group = MolecularNetworks.GroupOf(own.Network, own.Group)?.ToString() ?? "", Targets = [],
            Model = own.Model with
            {
                Species = usual.Species, Outputs = usual.Outputs,
                Origin = own.Standardise ? usual.Origin : own.Model.Origin,
                LengthUnit = own.Standardise ? usual.LengthUnit : own.Model.LengthUnit,
                SummedOutputs = own.SumExtensive ? usual.SummedOutputs : own.Model.SummedOutputs,
                DipoleOutputs = own.DipoleHead ? usual.DipoleOutputs : own.Model.DipoleOutputs,
                SumDivisor = own.SumExtensive ? usual.SumDivisor : own.Model.SumDivisor,
            },
        };
    }
}
