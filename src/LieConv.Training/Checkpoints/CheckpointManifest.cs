using System.Text.Json.Serialization;
using LieConv.Training.Learning;

namespace LieConv.Training.Checkpoints;

/// <summary>The JSON beside the weights: which file, its hash, what it belongs to and where the training
/// stood.</summary>
public sealed record CheckpointManifest
{
    /// <summary>The version that this library writes.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Version of the layout.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>SHA-256 of the manifest itself, hexadecimal, taken with zeros in its place; null in manifests of before
    /// there was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Checksum { get; init; }

    /// <summary>Name of the safetensors file in the same folder; it holds the first digits of its hash.</summary>
    public required string Weights { get; init; }

    /// <summary>SHA-256 of that file, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What the model is, by name, as <see cref="Objective.Identity"/> says.</summary>
    public required IReadOnlyDictionary<string, string> Identity { get; init; }

    /// <summary>Where the training stood.</summary>
    public required TrainingProgress Progress { get; init; }

    /// <summary>The newest metrics by name, for people.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The settings of the training by dotted name, to see whether they were changed; null in manifests of
    /// before they were noted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Settings { get; init; }
}
