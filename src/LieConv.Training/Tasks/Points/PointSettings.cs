using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Preparation;

namespace LieConv.Training.Tasks.Points;

/// <summary>Settings that all tasks on points have.</summary>
internal static class PointSettings
{
    /// <summary>The presets of a user's own points.</summary>
    private static readonly PointPreset[] Usual =
    [
        new("quick", new() { Channels = 64, Layers = 2 }, new TrainOptions
        {
            Epochs = 15, Batch = 16, LearningRate = 3e-3, Schedule = ScheduleKind.Cosine, WarmUp = 0.05, Ema = 0.99,
            GradientClip = 10,
        }),
        new("small", new() { Channels = 64 }, new TrainOptions
        {
            Epochs = 60, Batch = 16, LearningRate = 3e-3, Schedule = ScheduleKind.Cosine, WarmUp = 0.02, Ema = 0.998,
            GradientClip = 10,
        }),
        new("large", new() { Channels = 256, Layers = 6 }, new TrainOptions
        {
            Epochs = 300, Batch = 32, LearningRate = 2e-3, Schedule = ScheduleKind.Cosine, WarmUp = 0.02, Ema = 0.999,
            GradientClip = 10,
        }),
    ];

    /// <summary>Network, group, preset, size, augmentation and training.</summary>
    /// <param name="examples">What the examples are called, in the plural.</param>
    /// <param name="presets">The presets, the usual one first; null for those of own points.</param>
    /// <param name="dataRoot">What the data folder is for; null for own points.</param>
    public static IReadOnlyList<Setting> Training(
        string examples, IReadOnlyList<PointPreset>? presets = null, string? dataRoot = null) =>
    [
        NetworkBlocks.Network(PointTask.UsualNetwork),
        UsualSettings.Group("The symmetry, such as T2, SE2, SE3, \"SE2[0]\" [default: all translations]."),
        GroupFile.Setting,
        UsualSettings.Preset((presets ?? Usual).Select(preset => preset.Name), (presets ?? Usual)[0].Name),
        Setting.Count("--channels", "model.channels", "Channels of the network.", least: 4),
        Setting.Count("--layers", "model.layers", "Blocks of the network."),
        Setting.Name<ClassWeighting>("--class-weights", "classWeights",
            "What classes weigh in the loss: none or balanced.", "none or balanced"),
        Setting.Text("--augment", "augmentation",
            "Group whose random elements move training sets, such as SE2, or none.", "GROUP"),
        Setting.Number("--jitter", "jitter", "Noise on training coordinates, as a part of a set's size.", "X",
            "a number from 0", value => value >= 0),
        UsualSettings.DataRoot(dataRoot ?? "Folder for what was read, where it cannot be kept beside the data."),
        .. UsualSettings.Training(examples),
    ];

    /// <summary>The settings of a preset.</summary>
    /// <param name="task">Name of the task.</param>
    /// <param name="given">The settings that were given.</param>
    /// <param name="presets">The presets, the usual one first; null for those of own points.</param>
    /// <exception cref="ArgumentException">If there is no such preset.</exception>
    public static PointConfig CreatePreset(
        string task, SettingValues given, IReadOnlyList<PointPreset>? presets = null)
    {
        presets ??= Usual;
        var preset = PresetNames.Find(
            presets, own => own.Name, given.Text(UsualSettings.PresetOption) ?? presets[0].Name, task);
        return new PointConfig
        {
            Task = task, Preset = preset.Name, Group = given.Text(UsualSettings.GroupOption) ?? "",
            Train = preset.Train, Model = preset.Model,
        };
    }
}
