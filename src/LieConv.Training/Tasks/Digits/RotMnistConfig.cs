using System.Text.Json;
using System.Text.Json.Serialization;
using LieConv.Datasets.Digits;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Training.Checkpoints;
using LieConv.Training.Classification;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Digits;

/// <summary>Everything that decides a training on rotated digits: config.json of its run folder.</summary>
public sealed record RotMnistConfig : RunConfig
{
    /// <summary>Name of the task.</summary>
    public const string TaskName = "rotmnist";

    /// <summary>The key that says how lifts are spaced.</summary>
    internal const string LiftSteps = "model.block.originalLiftSteps";

    private static readonly FormerKey[] Former =
    [
        .. FormerKey.Moved(
            "model", "model.block", "sampleCount", "liftSamples", "originalLiftSteps", "batchNorm",
            "normMomentum", "activation"),
        new("model.neighborhood", static value =>
            [new("model.block.neighborhood", value == nameof(NeighborhoodKind.Ball) ? "null" : value)]),
    ];

    /// <summary>The usual training.</summary>
    public RotMnistConfig() => FormerKeys = Former;

    /// <summary>Name of the task, always <see cref="TaskName"/>.</summary>
    [JsonPropertyOrder(-8)]
    public override string Task { get; init; } = TaskName;

    /// <summary>The group, such as T2 or SE2:0.05.</summary>
    [JsonPropertyOrder(-5)]
    public string Group { get; init; } = "T2";

    /// <summary>Which digits.</summary>
    [JsonPropertyOrder(-4)]
    public RotMnistOptions Data { get; init; } = new();

    /// <summary>The network.</summary>
    public ImageLieResNetOptions Model { get; init; } = new();

    /// <summary>Training digits that are moved at random (train.augment) are also shifted by up to so many pixels in
    /// either direction, from 0.</summary>
    /// <value>0</value>
    public double ShiftPixels { get; init; }

    /// <summary>Reads and checks the configuration of a run.</summary>
    /// <param name="path">Its config.json.</param>
    /// <exception cref="InvalidDataException">If it is missing, damaged or wrong: one line that names the
    /// file.</exception>
    public static RotMnistConfig Read(string path)
    {
        var config = Read<RotMnistConfig>(path, TaskName);
        return NamesLiftSteps(path) ? config : config with
        {
            Model = config.Model with { Block = config.Model.Block with { OriginalLiftSteps = true } },
        };
    }

    /// <summary>Whether the file says how lifts are spaced: before there was a choice it was as in the
    /// original.</summary>
    private static bool NamesLiftSteps(string path)
    {
        using var json = JsonDocument.Parse(JsonText.Read(path));
        return !json.RootElement.TryGetProperty("model", out var model)
            || model.TryGetProperty("block", out _) || model.TryGetProperty("originalLiftSteps", out _);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (VersionError() is { } version) errors.Add(version);
        if (Task != TaskName) errors.Add($"task is '{Task}'; expected {TaskName}.");
        if (Data is null || Model?.Block is null || Train is null || Group is null || DataDescription is null)
            return [.. errors, "group, data, dataDescription, model and train must not be null."];
        errors.AddRange(Data.Validate());
        errors.AddRange(ImageNetworkLimits.Find(Model));
        if (errors.Count == 0) errors.AddRange(Model.Validate());
        errors.AddRange(Train.Validate(Data.ValidationCount > 0));
        if (!(ShiftPixels >= 0 && double.IsFinite(ShiftPixels)))
            errors.Add($"shiftPixels is {ShiftPixels:R}; expected a number from 0.");
        if (Model.Outputs < 10) errors.Add($"Outputs is {Model.Outputs}; expected at least 10, one for each digit.");
        return errors;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity()
    {
        var identity = ConfigFile.Flatten(Model, "model");
        // Checkpoints from before there was a choice do not name it; where the number of lifts is odd there is none.
        identity.Remove(LiftSteps);
        if (Model.Block.LiftSamples % 2 == 0 && !Model.Block.OriginalLiftSteps) identity[LiftSteps] = "false";
        identity["task"] = Task;
        identity["group"] = Group;
        identity["train.precision"] = Train.Precision;
        return new IdentityDictionary(identity, FormerKeys, () => new RotMnistConfig().Identity());
    }
}
