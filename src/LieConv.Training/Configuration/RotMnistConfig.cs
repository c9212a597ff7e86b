using System.Text.Json.Serialization;
using LieConv.Datasets;
using LieConv.Models;

namespace LieConv.Training.Configuration;

/// <summary>Everything that decides a training on rotated digits: config.json of its run folder.</summary>
public sealed record RotMnistConfig : RunConfig
{
    /// <summary>Name of the task.</summary>
    public const string TaskName = "rotmnist";

    private const int MaximumLayers = 1000;
    private const int MaximumChannels = 32768;

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
    public static RotMnistConfig Read(string path) => Read<RotMnistConfig>(path, TaskName);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (SchemaVersion != CurrentSchemaVersion)
            errors.Add($"schemaVersion is {SchemaVersion}; this version reads {CurrentSchemaVersion}.");
        if (Task != TaskName) errors.Add($"task is '{Task}'; expected {TaskName}.");
        if (Data is null || Model is null || Train is null || Group is null || DataDescription is null)
            return [.. errors, "group, data, dataDescription, model and train must not be null."];
        errors.AddRange(Data.Validate());
        errors.AddRange(ValidateSize());
        if (errors.Count == 0) errors.AddRange(Model.Validate());
        errors.AddRange(Train.Validate(Data.ValidationCount > 0));
        if (!(ShiftPixels >= 0 && double.IsFinite(ShiftPixels)))
            errors.Add($"shiftPixels is {ShiftPixels:R}; expected a number from 0.");
        if (Model.Outputs < 10) errors.Add($"Outputs is {Model.Outputs}; expected at least 10, one for each digit.");
        return errors;
    }

    /// <summary>
    /// Limits far beyond any use. They come before the network's own checks, which list its layers, and keep a slip of
    /// the keyboard from filling the memory.
    /// </summary>
    private IEnumerable<string> ValidateSize()
    {
        if (Model.Layers > MaximumLayers) yield return $"Layers is {Model.Layers}; expected at most {MaximumLayers}.";
        var widest = Model.Channels * (Model.GrowChannels && Model.TotalDownsampling is > 0 and <= 1
            ? 1 / Math.Sqrt(Model.TotalDownsampling)
            : 1);
        if (widest > MaximumChannels)
            yield return FormattableString.Invariant($"Channels is {Model.Channels} and TotalDownsampling ") +
                FormattableString.Invariant($"{Model.TotalDownsampling}, which makes {widest:F0} channels after the ") +
                $"last block; expected at most {MaximumChannels}.";
        if (Model.BlockChannels?.Any(count => count > MaximumChannels) == true)
            yield return $"BlockChannels is [{string.Join(", ", Model.BlockChannels)}]; expected at most " +
                $"{MaximumChannels} each.";
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity()
    {
        var identity = ConfigFile.Flatten(Model, "model");
        identity["task"] = Task;
        identity["group"] = Group;
        identity["train.precision"] = Train.Precision;
        return identity;
    }
}
