using System.Text.Json.Serialization;
using LieConv.Training.Learning;

namespace LieConv.Training.Runs;

/// <summary>The outcome of a run: result.json.</summary>
public sealed record RunResult
{
    /// <summary>Version of the layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>The task; null in results of earlier versions on rotated digits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }

    /// <summary>The network, where the task has several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Network { get; init; }

    /// <summary>The group; empty for a network without one.</summary>
    public required string Group { get; init; }

    /// <summary>What is learnt, where the task has several targets.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>The unit of the metric mae.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>What the data are; belongs beside the figures.</summary>
    public required string Data { get; init; }

    /// <summary>Whether the small embedded sample was used.</summary>
    public bool EmbeddedSample { get; init; }

    /// <summary>Why training stopped.</summary>
    public StopReason Stopped { get; init; }

    /// <summary>The file that the weights were imported from, empty where it was not noted; null for weights that were
    /// learnt in the run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Imported { get; init; }

    /// <summary>The epoch, from 1, whose parameters were evaluated; after an import counted from there, so that 0 is the
    /// imported weights themselves.</summary>
    public long Epoch { get; init; }

    /// <summary>Optimiser steps made in the run.</summary>
    public long Steps { get; init; }

    /// <summary>Seconds over all sessions of the run, evaluations included.</summary>
    public double Seconds { get; init; }

    /// <summary>Examples that the figures are over.</summary>
    public long Evaluated { get; init; }

    /// <summary>Means over these examples by name; error is a fraction.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The first figure that is not finite, as half a sentence; null where all are.</summary>
    [JsonIgnore]
    public string? Fault => Metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Where(pair => !double.IsFinite(pair.Value))
        .Select(pair => FormattableString.Invariant($"predictions are not finite: {pair.Key} is {pair.Value}"))
        .FirstOrDefault();
}
