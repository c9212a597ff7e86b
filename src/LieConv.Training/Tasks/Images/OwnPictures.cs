using LieConv.Training.Checkpoints;
using LieConv.Training.Classification;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Preparation;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Images;

/// <summary>The classes of a user's own pictures: a folder for each.</summary>
public sealed class OwnPictures : LearningTask<ImageConfig>
{
    private const string Network = "ImageLieResNet";

    /// <summary>The figures of a classifier.</summary>
    internal static IReadOnlyList<Metric> Figures { get; } =
    [
        new("error", "error", "error") { Format = MetricFormat.Percent }, new("loss", "loss", "loss"),
    ];

    /// <summary>Describes the task.</summary>
    public OwnPictures() : base(ImageConfig.TaskName, "Your own pictures, a folder for each class.")
    {
        (Family, ExampleName) = ("pictures", "pictures");
        Predictor = new OwnPicturePredictor();
        Study = new StudyRules { Decisive = Decisive, Parse = (_, text) => PlaneGroups.Parse(text) };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
    [
        Setting.Text("--data", "data.path",
            "A folder with a folder of PNG, JPEG or BMP pictures for each class (docs/own-data.md).", "FOLDER"),
        Setting.Text("--size", "data.size", "Size that pictures are seen in [default: their own, or the median].", "WxH"),
        Setting.Flag("--grey", "data.grey", "See brightness only, not colours."),
        SplitSetting.Fractions(),
        SplitSetting.Seed(),
        NetworkBlocks.Network(Network),
        UsualSettings.Group("The symmetry of the plane, such as T2, SO2, SE2:0.05; lieconv groups lists them."),
        UsualSettings.Preset(ImagePresets.All.Select(preset => preset.Preset), ImagePresets.Default),
        Setting.Count("--channels", "model.channels", "Channels of the network.", least: 4),
        Setting.Count("--layers", "model.layers", "Blocks of the network."),
        Setting.Name<ClassWeighting>("--class-weights", "classWeights",
            "What classes weigh in the loss: none or balanced [default: None].", "none or balanced"),
        Setting.Name<ImageAugmentation>("--augment", "augmentation",
            "How training pictures are moved at random: none or rotations [default: None].", "none or rotations"),
        UsualSettings.DataRoot("Folder for what was read, where it cannot be kept beside the data."),
        Setting.Count(UsualSettings.TrainOption, "trainCount", "Training pictures."),
        .. UsualSettings.Training("pictures"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => Figures;

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkChoice> Networks { get; } = NetworkBlocks.Choices(Network, "T2");

    /// <inheritdoc/>
    protected override ImageConfig CreatePreset(SettingValues given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return ImagePresets.Create(
            given.Text(UsualSettings.PresetOption) ?? ImagePresets.Default, given.Text(UsualSettings.GroupOption));
    }

    /// <inheritdoc/>
    protected override ImageConfig ReadConfig(string path) => ImageConfig.Read(path);

    /// <inheritdoc/>
    protected override TrainingRun StartRun(ImageConfig config, string? path, Action<string> log) =>
        ImageRun.Start(config, path, log);

    /// <inheritdoc/>
    protected override TrainingRun OpenRun(string path, Func<ImageConfig, ImageConfig> change, Action<string> log) =>
        ImageRun.Open(path, change, log);

    /// <summary>What decides the outcome: not what the run found in the pictures.</summary>
    private static RunConfig Decisive(RunConfig config) => config is ImageConfig images
        ? images with
        {
            Group = PlaneGroups.Parse(images.Group).ToString(), Found = null,
            Data = images.Data with { Path = images.Data.Path.Length == 0 ? "" : Path.GetFullPath(images.Data.Path) },
            Model = images.Model with
            {
                InputChannels = 1, Height = 28, Width = 28, Outputs = 10,
            },
        }
        : config;
}
