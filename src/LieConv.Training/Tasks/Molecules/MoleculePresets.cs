using LieConv.Datasets.Molecules;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Training.Description;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>The settings of trainings on molecules that have a name, as data.</summary>
public static class MoleculePresets
{
    /// <summary>The preset where none is named: a few minutes on the built-in sample.</summary>
    public const string Default = "quick";

    /// <summary>The preset that is the original's recipe, as far as it has one.</summary>
    private const string OriginalRecipe = "readme";

    /// <summary>A preset: how much data and how long, and the network's size.</summary>
    private sealed record Preset(
        string Name, int Train, int Validation, int Test, int Channels, int Layers, TrainOptions Training);

    /// <summary>The original's recipe for QM9.</summary>
    private static readonly TrainOptions OriginalTraining = new()
    {
        Epochs = 500, Batch = 75, LearningRate = 3e-3, WarmUp = 0.01, EvaluationBatch = 200,
    };

    private static readonly TrainOptions SmallTraining = OriginalTraining with
    {
        Epochs = 64, LearningRate = 2e-3, WarmUp = 0.02, Ema = 0.999,
    };

    private static readonly TrainOptions ForceTraining =
        SmallTraining with { Epochs = 250, Batch = 10, LearningRate = 3e-3, WarmUp = 0.01, EvaluateEvery = 10 };

    /// <summary>Forces turn within a tenth of an Angstrom; sums over neighbours instead of means make slopes steeper still:
    /// with both a network learns them at once, with neither not in a thousand steps.</summary>
    private const double ForceLengthUnit = 0.2;

    /// <summary>Functions of distances that kernel networks read, and the distance in Angstrom from which they are 0: beyond
    /// it are few pairs of atoms of QM9.</summary>
    private const int Distances = 16;
    private const double FarthestDistance = 8;

    /// <summary>Channels of the published LieTransformer on QM9. A block of attention takes four times the work of one
    /// of convolution with as many channels; half as many are as much.</summary>
    private const int WidestAttention = 512;

    private const double AttentionRate = 1e-3;

    private static readonly Preset[] OfProperties =
    [
        new("quick", 0, 0, 0, 64, 4, SmallTraining with { Epochs = 60, EvaluateEvery = 5, Ema = 0.99 }),
        new("small", 12_000, 1000, 0, 384, 6, SmallTraining),
        new(OriginalRecipe, 0, 0, 0, 1536, 6, OriginalTraining),
    ];

    private static readonly Preset[] OfForces =
    [
        new("quick", 100, 50, 100, 32, 3, ForceTraining with { Epochs = 50 }),
        new("small", 1000, 500, 2000, 96, 4, ForceTraining),
        new(OriginalRecipe, 1000, 500, 2000, 384, 6, ForceTraining),
    ];

    /// <summary>The distance weight that the original's README gives a group.</summary>
    private static readonly Dictionary<string, string> UsualAlpha = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SE3"] = "SE3:0.2", ["SO3"] = "SO3:0.2",
    };

    /// <summary>Names of the presets of a task.</summary>
    public static IReadOnlyList<string> Names(string task) => [.. Find(task).Select(preset => preset.Name)];

    /// <summary>The settings of a preset.</summary>
    /// <param name="task">qm9, qm7 or md17.</param>
    /// <param name="name">Name of the preset.</param>
    /// <param name="network">The network; null for MolecLieResNet.</param>
    /// <param name="group">The group; null for T3, where the network has one.</param>
    /// <param name="target">What to learn; null for homo in QM9, energy elsewhere.</param>
    /// <param name="molecule">The molecule of MD17; null for ethanol.</param>
    /// <exception cref="ArgumentException">If there is no such preset, network or target.</exception>
    public static MoleculeConfig Create(
        string task, string name, string? network, string? group, string? target, string? molecule)
    {
        var preset = PresetNames.Find(Find(task), preset => preset.Name, name, task);
        var known = MolecularNetworks.Find(network ?? MolecularLieResNet.ShortName);
        var forces = task == MoleculeDataOptions.Md17;
        var named = group ?? (known.HasGroup ? "T3" : "");
        named = UsualAlpha.GetValueOrDefault(named, named);
        var isOurs = IsOurs(preset, named, forces);
        var wanted = target ?? (task == MoleculeDataOptions.Qm9 ? "homo" : "energy");
        return new MoleculeConfig
        {
            Task = task,
            Preset = preset.Name,
            Target = wanted,
            Network = known.Name,
            Group = named,
            Data = new MoleculeDataOptions
            {
                Source = task, Molecule = forces ? molecule ?? "ethanol" : "", TrainCount = preset.Train,
                ValidationCount = preset.Validation, TestCount = preset.Test,
            },
            Model = Shape(preset, known.Name, named, wanted, forces),
            SumExtensive = isOurs, CompositionReferences = isOurs, DipoleHead = isOurs,
            ForceWeight = forces ? 0.9 : 0,
            Augmentation = forces ? "none" : "SE3",
            Train = known.Name == LieTransformer.ShortName
                ? preset.Training with { LearningRate = AttentionRate }
                : preset.Training,
        };
    }

    /// <summary>A configuration of a preset with frames takes all atoms as neighbours, unless it says which: the presets'
    /// random balls are for lifts that are drawn, and would make exact frames exact in distribution only.</summary>
    /// <param name="config">A configuration of <see cref="Create"/>, changed or not.</param>
    /// <param name="areSaid">Whether neighbours, their number or the fraction in reach were asked for, though they may be
    /// the preset's.</param>
    /// <returns>The configuration, which then names its <see cref="BlockOptions.Neighborhood"/>.</returns>
    public static MoleculeConfig WithNeighbours(MoleculeConfig config, bool areSaid = false)
    {
        ArgumentNullException.ThrowIfNull(config);
        var model = config.Model;
        if (model is not { Block.Neighborhood: null } || model.Block.Frames == FrameChoice.Sampled ||
            config.Network is not (MolecularLieResNet.ShortName or LieTransformer.ShortName)) return config;
        var kind = model.ToLieResNet().Block.Neighborhood;
        if (!areSaid)
        {
            var preset = Find(config.Task).FirstOrDefault(preset => preset.Name == config.Preset);
            if (preset is null) return config;
            var usual = Shape(
                preset, config.Network, config.Group, config.Target, config.Task == MoleculeDataOptions.Md17);
            if (usual.Fill != model.Fill || usual.Block.SampleCount != model.Block.SampleCount || model.BlockFills is not null)
                return config;
            kind = NeighborhoodKind.Everything;
        }
        return config with { Model = model with { Block = model.Block with { Neighborhood = kind } } };
    }

    /// <summary>Whether the preset is our recipe for properties by a network on a group, not the original's.</summary>
    private static bool IsOurs(Preset preset, string group, bool forces) =>
        !forces && group.Length > 0 && preset.Training != OriginalTraining;

    /// <summary>The README's shape for the group; sums where the target grows with the molecule.</summary>
    private static MolecularNetworkOptions Shape(
        Preset preset, string network, string group, string target, bool forces)
    {
        var attends = network == LieTransformer.ShortName;
        var rotates = group.StartsWith("SE3", StringComparison.Ordinal) || group.StartsWith("SO3", StringComparison.Ordinal);
        var shape = new MolecularNetworkOptions
        {
            Channels = attends ? Math.Min(WidestAttention, preset.Channels / 2) : preset.Channels,
            Layers = preset.Layers,
            SumPooling = !IsOurs(preset, group, forces) && MoleculeTargets.TryFind(target)?.IsExtensive == true,
            Block = MolecularNetworkOptions.UsualBlock with
            {
                BatchNorm = !forces && !attends, Mean = !forces,
                Kind = attends ? BlockKind.Attention : BlockKind.Convolution,
            },
            LengthUnit = forces ? ForceLengthUnit : 1,
        };

        // Distances alone are what rotations leave: a network need not learn that, and learns from fewer molecules. Who asks
        // for no symmetry, or for a group of one's own, gets it as it is.
        if (preset.Name != OriginalRecipe && (Is(group, "SE3") || Is(group, "SO3") || Is(group, "T3")))
            shape = shape with
            {
                Block = shape.Block with
                {
                    RadialBasis = Distances, RadialCutoff = FarthestDistance, RadialOnly = !rotates,
                },
            };
        if (!rotates) return shape;
        return forces
            ? shape with
            {
                Block = shape.Block with { Frames = FrameChoice.Weighted, SharedLift = true }, Recentre = true,
            }
            : shape with
            {
                Fill = 0.5, Block = shape.Block with { SampleCount = 25, LiftSamples = 4 }, Recentre = true,
            };
    }

    /// <summary>Whether a group's name, with or without a weight of the distance, is this one.</summary>
    private static bool Is(string group, string name) =>
        string.Equals(group.Split(':')[0], name, StringComparison.OrdinalIgnoreCase);

    private static Preset[] Find(string task) => task == MoleculeDataOptions.Md17 ? OfForces : OfProperties;
}
