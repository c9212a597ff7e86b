namespace LieConv.Training.Tasks.Points;

/// <summary>What came of one group. Errors are those of <see cref="DiscoveryReport.Measure"/>.</summary>
public sealed record DiscoveryRow
{
    /// <summary>The group.</summary>
    public required string Group { get; init; }

    /// <summary>Dimension of the group: how many ways of moving points leave its networks' answers alone.</summary>
    public required int Dimension { get; init; }

    /// <summary>Trainings at each of both sizes, each with a seed of its own, whose means the errors are.</summary>
    public int Seeds { get; init; }

    /// <summary>What the symmetry costs.</summary>
    public DiscoveryVerdict Verdict { get; init; }

    /// <summary>Mean error on validation sets after training on the smaller part; null where it could not be
    /// trained.</summary>
    public double? SmallError { get; init; }

    /// <summary>The same after training on all training sets.</summary>
    public double? Error { get; init; }

    /// <summary>By how much <see cref="Error"/> is above that of the best group.</summary>
    public double? Excess { get; init; }

    /// <summary>Standard error of <see cref="Excess"/>, of paired differences on validation sets and, where there are
    /// several seeds, between these.</summary>
    public double? ExcessNoise { get; init; }

    /// <summary>By how much the loss of the training on the smaller part still fell between the third and the fourth fifth of
    /// its steps, as a part of all that it fell: at the very end the learning rate brings every loss to rest.</summary>
    public double? SmallFall { get; init; }

    /// <summary>The same of the training on all sets.</summary>
    public double? Fall { get; init; }

    /// <summary>Whether both trainings were long enough to find what there is.</summary>
    public bool IsSettled => !(SmallFall > TrialLosses.Unsettled) && !(Fall > TrialLosses.Unsettled);

    /// <summary>How far random elements of the group change the answers of the network without a symmetry: root mean square,
    /// in units of that between the answers for different sets. 0 is invariant, 1 as strange as another set; null where the
    /// network says the same of all sets.</summary>
    public double? AnswerChange { get; init; }

    /// <summary>What becomes of the answers of the network without a symmetry.</summary>
    public DiscoveryMoves Moves { get; init; }

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
