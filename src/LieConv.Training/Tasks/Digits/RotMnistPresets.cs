using LieConv.Datasets.Digits;
using LieConv.Models;
using LieConv.Training.Classification;
using LieConv.Training.Description;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Digits;

/// <summary>The settings that have a name, as data.</summary>
public static class RotMnistPresets
{
    /// <summary>The preset where none is named: a few minutes on the built-in digits.</summary>
    public const string Default = "quick";

    /// <summary>The original's network for RotMNIST; these are also the defaults of the options.</summary>
    private static readonly ImageLieResNetOptions OriginalNetwork = new()
    {
        Channels = 128, Layers = 6, TotalDownsampling = 0.1, FillFraction = 0.1, Block = new() { SampleCount = 25 },
    };

    private static readonly TrainOptions OriginalTraining = new()
    {
        Epochs = 500, Batch = 25, LearningRate = 3e-3, Augment = true, EvaluateEvery = 10,
    };

    /// <summary>All presets.</summary>
    public static IReadOnlyList<RotMnistConfig> All { get; } =
    [
        new RotMnistConfig
        {
            Preset = Default,
            Group = "RxSO2",
            Data = new RotMnistOptions { TrainCount = 2000, TestCount = 1000 },
            Model = OriginalNetwork with { Channels = 64 },
            Train = OriginalTraining with { Epochs = 20, EvaluateEvery = 5 },
        },
        new RotMnistConfig
        {
            Preset = "readme",
            Group = "SE2",
            Data = new RotMnistOptions { TrainCount = 12_000, TestCount = 50_000 },
            Model = OriginalNetwork,
            Train = OriginalTraining,
        },
        new RotMnistConfig
        {
            Preset = "paper",
            Group = "SE2",
            Data = new RotMnistOptions { TrainCount = 10_000, ValidationCount = 2000, TestCount = 50_000 },
            Model = OriginalNetwork,
            Train = OriginalTraining,
        },
    ];

    /// <summary>The settings of a preset for a group.</summary>
    /// <param name="preset">Name of the preset.</param>
    /// <param name="group">The group, or null for the preset's own. Without a distance weight it gets the
    /// README's.</param>
    /// <exception cref="ArgumentException">If there is no such preset.</exception>
    public static RotMnistConfig Create(string preset, string? group)
    {
        var config = PresetNames.Find(All, config => config.Preset, preset, RotMnistConfig.TaskName);
        var (named, lifts) = PlaneGroups.Resolve(group ?? config.Group);
        return lifts is null ? config with { Group = named } : config with
        {
            Group = named, Model = config.Model with { Block = config.Model.Block with { LiftSamples = lifts.Value } },
        };
    }
}
