using System.Text.Json.Serialization;
using LieConv.Datasets.Points;
using LieConv.Groups;
using LieConv.Models;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Preparation;

namespace LieConv.Training.Tasks.Points;

/// <summary>Everything that decides a training on sets of points: config.json of its run folder.</summary>
public sealed record PointConfig : RunConfig
{
    /// <summary>Name of the task of a user's own points.</summary>
    public const string OwnPoints = "points";

    /// <summary>What <see cref="Augmentation"/> is where sets are seen as they are.</summary>
    public const string NoAugmentation = "none";

    // Far beyond any use: a slip of the keyboard is not to fill the memory.
    private const int MaximumLayers = 1000;
    private const int MaximumChannels = 32768;
    private const double MaximumJitter = 10;

    /// <summary>Name of the task.</summary>
    [JsonPropertyOrder(-8)]
    public override string Task { get; init; } = OwnPoints;

    /// <summary>The group, such as T2 or SE3; empty for translations of the points' space.</summary>
    [JsonPropertyOrder(-5)]
    public string Group { get; init; } = "";

    /// <summary>The definition of a group of one's own, as its file holds it; empty for a group that has a name.</summary>
    [JsonPropertyOrder(-5)]
    public string Generators { get; init; } = "";

    /// <summary>Which points, and what their columns mean.</summary>
    [JsonPropertyOrder(-4)]
    public PointDataOptions Data { get; init; } = new();

    /// <summary>How the sets are parted. Where a column says it, and names no validation sets, that fraction of training
    /// and validation is taken from the training sets.</summary>
    public SplitFractions Split { get; init; } = SplitFractions.Usual;

    /// <summary>Seed of the split.</summary>
    public long SplitSeed { get; init; }

    /// <summary>Training sets to learn from at most, drawn by the split's seed; 0 for all.</summary>
    public int TrainCount { get; init; }

    /// <summary>The network.</summary>
    public PointNetworkOptions Model { get; init; } = new();

    /// <summary>What was found in the data; null before a run starts.</summary>
    public LearntScales? Found { get; init; }

    /// <summary>What the classes weigh in the loss.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>What the loss of numbers is.</summary>
    public NumberLoss NumberLoss { get; init; }

    /// <summary>The group whose random elements move training sets where train.augment is on, or none.</summary>
    public string Augmentation { get; init; } = NoAugmentation;

    /// <summary>Standard deviation of noise on the coordinates of training sets where train.augment is on, as a part of the
    /// sets' size (root mean square deviation from their mean), from 0.</summary>
    public double Jitter { get; init; }

    /// <summary>Makes the group.</summary>
    /// <param name="dimensions">Coordinates of a point.</param>
    /// <exception cref="ArgumentException">If there is no such group: one sentence.</exception>
    public LieGroup CreateGroup(int dimensions) =>
        GroupFile.Create(
            dimensions, Group.Length == 0 ? FormattableString.Invariant($"T{dimensions}") : Group, Generators);

    /// <summary>Checks that the group, and the one that moves training sets, act on points of a dimension, or of any while
    /// that is not known.</summary>
    /// <param name="dimensions">Coordinates of a point; null while they are not known.</param>
    /// <exception cref="ArgumentException">If one does not: one sentence.</exception>
    public void CheckGroups(int? dimensions)
    {
        if (dimensions is { } known) CheckGroupsOn(known);
        else if (GroupComplaint() is { } complaint) throw new ArgumentException(complaint);
    }

    private string? GroupComplaint()
    {
        const int most = PointSchema.MostDimensions;
        var own = Group.Length == 0 ? null : GroupFile.Complaint(most, Group, Generators);
        return own is null && MovesSets ? GroupFile.Complaint(most, Augmentation, "") : own;
    }

    private void CheckGroupsOn(int dimensions)
    {
        CreateGroup(dimensions);
        if (MovesSets) LieGroups.ParseOn(dimensions, Augmentation);
    }

    private bool MovesSets =>
        Augmentation.Length > 0 && !string.Equals(Augmentation, NoAugmentation, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (VersionError() is { } version) errors.Add(version);
        if (Data is null || Model?.Block is null || Train is null || Group is null || Generators is null || Split is null ||
            Augmentation is null || DataDescription is null)
            return [.. errors, "group, generators, data, dataDescription, split, model, augmentation and train must not be null."];
        errors.AddRange(Data.Validate());
        errors.AddRange(Split.Validate());
        if (Model.Layers > MaximumLayers) errors.Add($"Layers is {Model.Layers}; expected at most {MaximumLayers}.");
        if (Model.Channels > MaximumChannels)
            errors.Add($"Channels is {Model.Channels}; expected at most {MaximumChannels}.");
        if (errors.Count == 0) errors.AddRange(Model.Validate());
        errors.AddRange(Train.Validate(Split.Validation > 0 || Data.Split.Length > 0));
        if (TrainCount < 0) errors.Add($"trainCount is {TrainCount}; expected 1 or more, or 0 for all.");
        if (!(Jitter is >= 0 and <= MaximumJitter))
            errors.Add(FormattableString.Invariant($"jitter is {Jitter}; expected 0 to {MaximumJitter}."));
        if (!Enum.IsDefined(ClassWeights)) errors.Add($"classWeights is {ClassWeights}; expected a named weighting.");
        if (!Enum.IsDefined(NumberLoss)) errors.Add($"numberLoss is {NumberLoss}; expected a named loss.");
        if (Found is not null && !Found.IsSound())
            errors.Add("found is incomplete or does not go together; expected what the run wrote when it started.");
        return errors;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity()
    {
        var identity = ConfigFile.Flatten(Model, "model");
        identity["task"] = Task;
        identity["group"] = Group;
        identity["generators"] = Generators;
        identity["targets"] = Found is null ? "" : string.Join(',', Found.Schema.Targets.Select(target => target.Name));
        identity["train.precision"] = Train.Precision;
        return new IdentityDictionary(identity, FormerKeys, () => new PointConfig().Identity());
    }
}
