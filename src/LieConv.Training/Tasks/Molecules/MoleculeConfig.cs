using System.Text.Json.Serialization;
using LieConv.Datasets.Molecules;
using LieConv.Kernels;
using LieConv.Molecules;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Everything that decides a training on molecules: config.json of its run folder.</summary>
public sealed record MoleculeConfig : RunConfig
{
    /// <summary>What <see cref="Target"/> is for all targets of the set at once.</summary>
    public const string AllTargets = "all";

    // Far beyond any use: a slip of the keyboard is not to fill the memory.
    private const int MaximumLayers = 1000;
    private const int MaximumChannels = 32768;

    private static readonly FormerKey[] Former =
    [
        .. FormerKey.Moved(
            "model", "model.block", "neighborhood", "sampleCount", "liftSamples", "sharedLift", "frames", "batchNorm",
            "normMomentum", "mean", "activation"),
    ];

    /// <summary>The usual training.</summary>
    public MoleculeConfig() => FormerKeys = Former;

    /// <summary>Name of the task: qm9, qm7 or md17.</summary>
    [JsonPropertyOrder(-8)]
    public override string Task { get; init; } = MoleculeDataOptions.Qm9;

    /// <summary>What to learn, such as homo; <see cref="AllTargets"/> for all at once.</summary>
    [JsonPropertyOrder(-7)]
    public string Target { get; init; } = "homo";

    /// <summary>The network, such as MolecLieResNet.</summary>
    [JsonPropertyOrder(-6)]
    public string Network { get; init; } = MolecularLieResNet.ShortName;

    /// <summary>The group, such as T3; empty for networks without one.</summary>
    [JsonPropertyOrder(-5)]
    public string Group { get; init; } = "";

    /// <summary>Which molecules.</summary>
    [JsonPropertyOrder(-4)]
    public MoleculeDataOptions Data { get; init; } = new();

    /// <summary>What was found in the training molecules: one for each number that the network gives; empty before a run
    /// starts.</summary>
    [JsonPropertyOrder(-2)]
    public IReadOnlyList<TargetScale> Targets { get; init; } = [];

    /// <summary>The network's shape; the species are those of the data where none are given.</summary>
    public MolecularNetworkOptions Model { get; init; } = new();

    /// <summary>Whether positions are read in units of the standard deviation of all coordinates of the training atoms
    /// and, unless each molecule is centred by itself (model.recentre), relative to the atoms' mean position: the
    /// original's recenter. The numbers are found when a run starts and kept in model.origin and
    /// model.lengthUnit.</summary>
    public bool Standardise { get; init; }

    /// <summary>Whether targets that grow with the molecule are sums over its atoms and all others means, also where one
    /// network learns both. Which are sums, and the atoms of a usual molecule, by which these are divided, are found when
    /// a run starts and kept in model.summedOutputs and model.sumDivisor.</summary>
    public bool SumExtensive { get; init; }

    /// <summary>Whether targets that grow with the molecule are learnt relative to a sum over its atoms, a number for each
    /// element that least squares find in the training molecules when a run starts; for r2 with another one for the atom's
    /// squared distance from the centre of mass. They are kept in targets.</summary>
    public bool CompositionReferences { get; init; }

    /// <summary>Whether mu is the length of a dipole moment of charges that the network gives the atoms. Which output that
    /// is is found when a run starts and kept in model.dipoleOutputs.</summary>
    public bool DipoleHead { get; init; }

    /// <summary>How training molecules are moved at random where train.augment is on: T3, SO3 or SE3.</summary>
    public string Augmentation { get; init; } = "SE3";

    /// <summary>Weight of the forces in the loss, from 0 (energies only) to 1 (forces only); for md17.</summary>
    public double ForceWeight { get; init; }

    /// <summary>Whether the name is that of a task with this configuration.</summary>
    public static bool IsTask(string task) =>
        task is MoleculeDataOptions.Qm9 or MoleculeDataOptions.Qm7 or MoleculeDataOptions.Md17;

    /// <summary>Reads and checks the configuration of a run.</summary>
    /// <param name="path">Its config.json.</param>
    /// <exception cref="InvalidDataException">If it is missing, damaged or wrong: one line that names the
    /// file.</exception>
    public static MoleculeConfig Read(string path) => Read<MoleculeConfig>(
        path, MoleculeDataOptions.Qm9, MoleculeDataOptions.Qm7, MoleculeDataOptions.Md17);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (VersionError() is { } version) errors.Add(version);
        if (!IsTask(Task)) errors.Add($"task is '{Task}'; expected qm9, qm7 or md17.");
        if (Data is null || Model?.Block is null || Train is null || Network is null || Group is null || Target is null ||
            Targets is null || Augmentation is null || DataDescription is null)
            return [.. errors, "network, group, target, targets, data, model, augmentation and train must not be null."];
        if (Data.Source != Task) errors.Add($"data.source is '{Data.Source}'; expected {Task}, as the task.");
        errors.AddRange(Data.Validate());
        errors.AddRange(ValidateSize());
        if (errors.Count == 0) errors.AddRange(Model.Validate());
        errors.AddRange(Train.Validate(Data.TrainCount == 0 || Data.ValidationCount > 0));
        if (Standardise && Targets.Count == 0 && (Model.LengthUnit != 1 || Model.Origin is not null))
            errors.Add("standardise is true, which finds origin and lengthUnit; expected these to be null and 1.");
        if (SumExtensive && Targets.Count == 0 && (Model.SummedOutputs is not null || Model.SumDivisor != 1))
            errors.Add("sumExtensive is true, which finds summedOutputs and sumDivisor; expected these to be null and 1.");
        if (DipoleHead && Targets.Count == 0 && Model.DipoleOutputs is not null)
            errors.Add("dipoleHead is true, which finds dipoleOutputs; expected these to be null.");
        if (!(ForceWeight is >= 0 and <= 1)) errors.Add($"forceWeight is {ForceWeight}; expected 0 to 1.");
        if (ForceWeight > 0 && Task != MoleculeDataOptions.Md17)
            errors.Add($"forceWeight is {ForceWeight}, but {Task} has no forces; expected 0.");
        if (ForceWeight > 0 && Model.Block.BatchNorm)
            errors.Add("BatchNorm is true, but forces need energies of one molecule alone; expected model.block.batchNorm=false.");
        if (ForceWeight > 0 && Model.Block.DrawnFrames)
            errors.Add("DrawnFrames is true, but forces need all frames of a molecule; expected model.block.drawnFrames=false.");
        if (ForceWeight > 0) errors.AddRange(TrainOptionsErrors.FindForDerivatives(Train, "forces"));
        if (Train.Products != ProductPrecision.Full && string.Equals(
                Network, MolecularGraphNetwork.ShortName, StringComparison.OrdinalIgnoreCase))
            errors.Add($"Precision is '{Train.Precision}', but {Network} has no products so large; expected float32.");
        if (NetworkBlocks.Complaint(Network, Model.Block) is { } blocks) errors.Add(blocks);
        if (Complaint(() => MolecularNetworks.GroupOf(Network, Group)) is { } group) errors.Add(group);
        if (Complaint(() => MoleculeTransforms.Parse(Augmentation)) is { } motion) errors.Add(motion);
        return errors;
    }

    private IEnumerable<string> ValidateSize()
    {
        if (Model.Layers > MaximumLayers) yield return $"Layers is {Model.Layers}; expected at most {MaximumLayers}.";
        if (Model.Channels > MaximumChannels)
            yield return $"Channels is {Model.Channels}; expected at most {MaximumChannels}.";
        if (Model.Block.LiftSamples > MaximumLayers)
            yield return $"LiftSamples is {Model.Block.LiftSamples}; expected at most {MaximumLayers}.";
        if (!(Model.Fill is > 0 and <= 1))
            yield return FormattableString.Invariant(
                $"Fill is {Model.Fill}; expected a number above 0 and at most 1.");
    }

    /// <summary>Makes the network, which computes as the training says.</summary>
    internal MolecularNetwork CreateNetwork() => MolecularNetworks.Create(
        Network, MolecularNetworks.GroupOf(Network, Group), Model with
        {
            Block = Model.Block with { Products = Train.Products },
        });

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity()
    {
        var identity = ConfigFile.Flatten(Model, "model");
        identity["task"] = Task;
        identity["target"] = Target;
        identity["network"] = Network;
        identity["group"] = Group;
        identity["train.precision"] = Train.Precision;
        return new IdentityDictionary(identity, FormerKeys, () => new MoleculeConfig().Identity());
    }
}
