using LieConv.Datasets.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Layers;
using LieConv.Models;
using LieConv.Training.Description;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>The settings of trainings on moving particles that have a name, as data.</summary>
public static class DynamicsPresets
{
    /// <summary>The preset where none is named: a few minutes.</summary>
    public const string Default = "quick";

    /// <summary>Where a frame nearly vanishes, or a particle comes near the centre of rotations, gradients are steep.</summary>
    private const double GradientLimit = 3;

    private const string DefaultNetwork = LieHamiltonian.ShortName;

    /// <summary>Evaluations of a training with many short epochs: one for each would take longer than the epochs.</summary>
    private const int Evaluations = 50;

    /// <summary>A preset: how much data and how long, and the size of each kind of network.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Data">The data.</param>
    /// <param name="Train">The training of <paramref name="Data"/>'s size.</param>
    /// <param name="EpochBudget">Other sizes N are trained for √(budget / N) epochs.</param>
    /// <param name="Lie">Channels of networks on a group.</param>
    /// <param name="Other">Channels of the others.</param>
    /// <param name="Attending">Channels of the LieTransformer.</param>
    private sealed record Preset(
        string Name, DynamicsDataOptions Data, TrainOptions Train, double EpochBudget, int Lie, int Other,
        int Attending);

    private static readonly TrainOptions OriginalTraining = new() { Epochs = 100, Batch = 200, EvaluationBatch = 200 };

    private static readonly DynamicsDataOptions OriginalData = new()
    {
        TrainCount = 3000, ValidationCount = 200, TestCount = 2000,
    };

    private static readonly Preset[] All =
    [
        new("quick", OriginalData with { TrainCount = 400, ValidationCount = 100, TestCount = 400 },
            new TrainOptions { Epochs = 60, Batch = 50, EvaluationBatch = 200 }, 60.0 * 60 * 400, 64, 128, 64),
        new("readme", OriginalData, OriginalTraining, 1e7, 384, 256, 160),
        new("paper", OriginalData with { Paper = true }, OriginalTraining, 1e7, 384, 256, 160),
    ];

    /// <summary>Names of all presets.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(preset => preset.Name)];

    /// <summary>The settings of a preset.</summary>
    /// <param name="task"><see cref="DynamicsConfig.Springs"/> or <see cref="DynamicsConfig.NBody"/>.</param>
    /// <param name="name">Name of the preset.</param>
    /// <param name="network">The network; null for HLieResNet.</param>
    /// <param name="group">The group; null for translations, where the network has one.</param>
    /// <param name="dimensions">Dimension of the space; null for the task's usual one.</param>
    /// <param name="trainCount">Training systems; null for the preset's. Fewer are trained for more epochs.</param>
    /// <exception cref="ArgumentException">If there is no such preset or network.</exception>
    public static DynamicsConfig Create(
        string task, string name, string? network, string? group, int? dimensions, int? trainCount)
    {
        var preset = PresetNames.Find(All, preset => preset.Name, name, task);
        var known = DynamicsNetworks.Find(network ?? DefaultNetwork);
        var data = preset.Data with { System = task };
        data = data with
        {
            Dimensions = dimensions ?? data.Dimensions, TrainCount = trainCount ?? data.TrainCount,
        };
        return new DynamicsConfig
        {
            Task = task,
            Preset = preset.Name,
            Network = known.Name,
            Group = group ?? (known.HasGroup ? $"T{data.Dimensions}" : ""),
            Data = data,
            Model = Shape(preset, known),
            Train = WithEpochs(
                preset.Train with
                {
                    LearningRate = known.HasGroup ? 1e-3 : 1e-2, GradientLimit = known.HasGroup ? GradientLimit : 0,
                },
                data.TrainCount == preset.Data.TrainCount
                    ? preset.Train.Epochs
                    : (int)Math.Max(1, Math.Round(Math.Sqrt(preset.EpochBudget / Math.Max(1, data.TrainCount))))),
        };
    }

    /// <summary>The published shapes: those of Finzi et al. 2020, and of Hutchinson et al. 2021 for the
    /// LieTransformer.</summary>
    private static DynamicsModelOptions Shape(Preset preset, KnownNetwork known) => known.Name switch
    {
        LieTransformer.ShortName => new()
        {
            Channels = preset.Attending, Layers = LieTransformer.Usual.Layers,
            Block = LieDynamicsOptions.UsualBlock with { Kind = BlockKind.Attention },
        },
        GraphDynamics.ShortName or GraphHamiltonian.ShortName or GraphPotential.ShortName =>
            new() { Channels = preset.Other, Layers = 1 },
        _ => new() { Channels = known.HasGroup ? preset.Lie : preset.Other, Layers = 4 },
    };

    /// <summary>The training with another number of epochs, evaluated about as often in all.</summary>
    public static TrainOptions WithEpochs(TrainOptions train, int epochs)
    {
        ArgumentNullException.ThrowIfNull(train);
        return train with { Epochs = epochs, EvaluateEvery = Math.Max(1, epochs / Evaluations) };
    }
}
