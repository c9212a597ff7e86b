namespace LieConv.Training.Tasks.Points;

/// <summary>What came of one group. Errors are those of <see cref="DiscoveryReport.Measure"/>.</summary>
public sealed record DiscoveryRow
{
    /// <summary>The group.</summary>
    public required string Group { get; init; }

    /// <summary>Dimension of the group: how many ways of moving points leave its networks' answers alone.</summary>
    public required int Dimension { get; init; }

    /// <summary>Mean error on validation sets after training on the smaller part; null where it could not be
    /// trained.</summary>
    public double? SmallError { get; init; }

    /// <summary>The same after training on all training sets.</summary>
    public double? Error { get; init; }

    /// <summary>By how much <see cref="Error"/> is above that of the best group.</summary>
    public double? Excess { get; init; }

    /// <summary>Standard error of <see cref="Excess"/>, of paired differences on validation sets.</summary>
    public double? ExcessNoise { get; init; }

    /// <summary>Error of the network without a symmetry on validation sets that random elements of the group have
    /// moved.</summary>
    public double? MovedError { get; init; }

    /// <summary>By how much that is above its error on the sets as they are.</summary>
    public double? Change { get; init; }

    /// <summary>Standard error of <see cref="Change"/>.</summary>
    public double? ChangeNoise { get; init; }

    /// <summary>Why there are no figures; null where there are.</summary>
    public string? Fault { get; init; }
}
