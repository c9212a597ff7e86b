using LieConv.Models;
using LieConv.Training.Classification;
using LieConv.Training.Description;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Images;

/// <summary>The settings that have a name, as data.</summary>
internal static class ImagePresets
{
    /// <summary>The preset where none is named.</summary>
    public const string Default = "quick";

    /// <summary>No picture is cropped: what lies in corners may matter.</summary>
    private static readonly ImageLieResNetOptions Network = new() { CropRadius = 0, Block = new() { SampleCount = 25 } };

    private static readonly TrainOptions Training = new()
    {
        LearningRate = 3e-3, WarmUp = 0.05, Ema = 0.99, GradientClip = 10,
    };

    /// <summary>All presets.</summary>
    public static IReadOnlyList<ImageConfig> All { get; } =
    [
        new ImageConfig
        {
            Preset = Default, Model = Network with { Channels = 32, Layers = 4 },
            Train = Training with { Epochs = 20, Batch = 16 },
        },
        new ImageConfig
        {
            Preset = "small", Model = Network with { Channels = 64, Layers = 6 },
            Train = Training with { Epochs = 60, Batch = 25 },
        },
        new ImageConfig
        {
            Preset = "large", Model = Network with { Channels = 128, Layers = 6 },
            Train = Training with { Epochs = 300, Batch = 25, Ema = 0.999 },
        },
    ];

    /// <summary>The settings of a preset for a group.</summary>
    /// <param name="preset">Name of the preset.</param>
    /// <param name="group">The group, or null for the preset's own.</param>
    /// <exception cref="ArgumentException">If there is no such preset.</exception>
    public static ImageConfig Create(string preset, string? group)
    {
        var config = PresetNames.Find(All, config => config.Preset, preset, ImageConfig.TaskName);
        var (named, lifts) = PlaneGroups.Resolve(group ?? config.Group);
        return lifts is null ? config with { Group = named } : config with
        {
            Group = named, Model = config.Model with { Block = config.Model.Block with { LiftSamples = lifts.Value } },
        };
    }
}
