using System.Text.Json.Serialization;
using LieConv.Datasets.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Dynamics.Solvers;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Everything that decides a training on moving particles: config.json of its run folder.</summary>
public sealed record DynamicsConfig : RunConfig
{
    /// <summary>The task of particles that springs join.</summary>
    public const string Springs = "springs";

    /// <summary>The task of particles that attract each other by gravity.</summary>
    public const string NBody = "nbody";

    private static readonly FormerKey[] Former =
    [
        .. FormerKey.Moved(
            "model", "model.block", "liftSamples", "batchNorm", "normMomentum", "mean", "activation"),
        new("model.sharedLift", static _ => []),
        new("model.frames", static value => [new("model.block.frames", Frames(value))]),
        new("model.nearestCount", static value => value == "0"
            ? [new("model.block.neighborhood", "null")]
            : [new("model.block.neighborhood", $"{NeighborhoodKind.Nearest}"), new("model.block.sampleCount", value)]),
    ];

    /// <summary>The usual training.</summary>
    public DynamicsConfig() => FormerKeys = Former;

    /// <summary>Name of the task, <see cref="Springs"/> or <see cref="NBody"/>.</summary>
    [JsonPropertyOrder(-8)]
    public override string Task { get; init; } = Springs;

    /// <summary>The network, such as HLieResNet.</summary>
    [JsonPropertyOrder(-6)]
    public string Network { get; init; } = LieHamiltonian.ShortName;

    /// <summary>The group, such as T2; empty for networks without one.</summary>
    [JsonPropertyOrder(-5)]
    public string Group { get; init; } = "";

    /// <summary>Which systems and trajectories.</summary>
    [JsonPropertyOrder(-4)]
    public DynamicsDataOptions Data { get; init; } = new();

    /// <summary>The network's shape.</summary>
    public DynamicsModelOptions Model { get; init; } = new();

    /// <summary>The method that integrates the network's motion, in training and in evaluation.</summary>
    /// <value>rk4</value>
    public string Solver { get; init; } = "rk4";

    /// <summary>Whether the name is that of a task with this configuration.</summary>
    public static bool IsTask(string task) => task is Springs or NBody;

    /// <summary>Reads and checks the configuration of a run.</summary>
    /// <param name="path">Its config.json.</param>
    /// <exception cref="InvalidDataException">If it is missing, damaged or wrong: one line that names the
    /// file.</exception>
    public static DynamicsConfig Read(string path) => Read<DynamicsConfig>(path, Springs, NBody);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (VersionError() is { } version) errors.Add(version);
        if (!IsTask(Task)) errors.Add($"task is '{Task}'; expected {Springs} or {NBody}.");
        if (Data is null || Model?.Block is null || Train is null || Network is null || Group is null || Solver is null ||
            DataDescription is null)
            return [.. errors, "network, group, data, dataDescription, model, solver and train must not be null."];
        if (Data.System != Task) errors.Add($"data.system is '{Data.System}'; expected {Task}, as the task.");
        errors.AddRange(Data.Validate());
        errors.AddRange(Model.Validate());
        errors.AddRange(Train.Validate(Data.ValidationCount > 0));
        errors.AddRange(TrainOptionsErrors.FindForDerivatives(Train, "motions"));
        if (NetworkBlocks.Complaint(Network, Model.Block) is { } blocks) errors.Add(blocks);
        if (Complaint(CheckGroup) is { } group) errors.Add(group);
        if (Complaint(() => OdeSolvers.Parse(Solver)) is { } solver) errors.Add(solver);
        return errors;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity()
    {
        var identity = ConfigFile.Flatten(Model, "model");
        identity["task"] = Task;
        identity["network"] = Network;
        identity["group"] = Group;
        identity["train.precision"] = Train.Precision;
        return new IdentityDictionary(identity, FormerKeys, () => new DynamicsConfig().Identity());
    }

    /// <summary>The choice that true or false once stood for; anything else is left to be refused.</summary>
    private static string Frames(string value) =>
        bool.TryParse(value, out var frames) ? $"{(frames ? FrameChoice.Framed : FrameChoice.Sampled)}" : value;

    private void CheckGroup()
    {
        if (DynamicsNetworks.GroupOf(Network, Group, Data.Dimensions) is { HasStabilizer: true } group && Model.Block.Frames == FrameChoice.Sampled)
            throw new ArgumentException(
                $"model.block.frames is Sampled, but {group} lifts a particle in many ways, of which one would have to be " +
                "drawn; expected Framed.");
    }
}
