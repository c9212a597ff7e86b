using LieConv.Datasets.Digits;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Digits;

/// <summary>The classes of randomly rotated digits: RotMNIST.</summary>
public sealed class RotatedDigits : LearningTask<RotMnistConfig>
{
    private const string Network = "ImageLieResNet";

    /// <summary>The figures of a classifier.</summary>
    internal static IReadOnlyList<Metric> Figures { get; } =
    [
        new("error", "error", "error") { Format = MetricFormat.Percent }, new("loss", "loss", "loss"),
    ];

    /// <summary>Describes it.</summary>
    public RotatedDigits() : base(RotMnistConfig.TaskName, "Randomly rotated digits.")
    {
        (Family, ExampleName) = ("digits", "images");
        Data = [MnistSource.Source, RotMnistSource.Source];
        Predictor = new PicturePredictor();
        Weights = new FamilyWeights<RotMnistConfig>(
            (run, checkpoint, file, original, _) => RotMnistWeights.Export(run, checkpoint, file, original),
            RotMnistWeights.Import);
        SampleRemark = "not RotMNIST itself";
        Study = new StudyRules { Decisive = Decisive, Parse = (_, text) => RotMnistRun.GroupOf(text) };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
    [
        NetworkBlocks.Network(Network),
        UsualSettings.Group(),
        UsualSettings.Preset(RotMnistPresets.All.Select(preset => preset.Preset), RotMnistPresets.Default),
        UsualSettings.DataRoot(),
        Setting.Count(UsualSettings.TrainOption, "data.trainCount", "Training digits."),
        .. UsualSettings.Training("digits"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => Figures;

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkChoice> Networks { get; } = NetworkBlocks.Choices(Network, "T2");

    /// <inheritdoc/>
    protected override RotMnistConfig CreatePreset(SettingValues given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return RotMnistPresets.Create(
            given.Text(UsualSettings.PresetOption) ?? RotMnistPresets.Default, given.Text(UsualSettings.GroupOption));
    }

    /// <inheritdoc/>
    protected override RotMnistConfig ReadConfig(string path) => RotMnistConfig.Read(path);

    /// <inheritdoc/>
    protected override TrainingRun StartRun(RotMnistConfig config, string? path, Action<string> log) =>
        RotMnistRun.Start(config, path, log);

    /// <inheritdoc/>
    protected override TrainingRun OpenRun(
        string path, Func<RotMnistConfig, RotMnistConfig> change, Action<string> log) =>
        RotMnistRun.Open(path, change, log);

    private static RunConfig Decisive(RunConfig config) => config is RotMnistConfig digits
        ? digits with { Group = RotMnistRun.GroupOf(digits.Group).ToString() }
        : config;
}
