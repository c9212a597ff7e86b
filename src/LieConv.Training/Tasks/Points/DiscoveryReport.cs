namespace LieConv.Training.Tasks.Points;

/// <summary>Which symmetry data have, by short trainings of equal length.</summary>
public sealed record DiscoveryReport
{
    /// <summary>The data and their parts.</summary>
    public required string Data { get; init; }

    /// <summary>What errors are: "wrong" (fraction of wrong classes), or "deviation" (absolute error in standard deviations
    /// of the target; of several targets, the mean).</summary>
    public required string Measure { get; init; }

    /// <summary>Sets of the smaller training.</summary>
    public required int SmallSets { get; init; }

    /// <summary>Sets of the larger training.</summary>
    public required int Sets { get; init; }

    /// <summary>Validation sets that errors are measured on.</summary>
    public required int Validated { get; init; }

    /// <summary>Optimiser steps of each training.</summary>
    public required long Steps { get; init; }

    /// <summary>Error of always giving the most frequent class or the mean number.</summary>
    public required double ConstantError { get; init; }

    /// <summary>The groups, from none to the largest.</summary>
    public required IReadOnlyList<DiscoveryRow> Rows { get; init; }

    /// <summary>How it ended.</summary>
    public required DiscoveryOutcome Outcome { get; init; }

    /// <summary>The groups that cannot be told from each other, from the smallest; empty where one is recommended.</summary>
    public required IReadOnlyList<string> Rivals { get; init; }

    /// <summary>The group that is recommended; null where the data do not tell.</summary>
    public required string? Recommended { get; init; }

    /// <summary>The recommendation with its evidence, in some sentences.</summary>
    public required string Recommendation { get; init; }
}
