namespace LieConv.Training.Tasks.Dynamics;

/// <summary>How well a network's motion follows the true one over time: plain numbers, for pictures and JSON.</summary>
/// <remarks>A curve has one number a time. Errors and drifts are relative and not negative; they may be infinite or NaN
/// where a prediction blew up. Over several systems they are geometric means, unless the name says otherwise.</remarks>
public sealed record RolloutReport
{
    /// <summary>The system, for headings: "springs in 2-D".</summary>
    public required string System { get; init; }

    /// <summary>The network, for headings and legends: "HLieConv".</summary>
    public required string Network { get; init; }

    /// <summary>The group that the network respects.</summary>
    /// <value>Empty by default: there is none to tell.</value>
    public string Group { get; init; } = "";

    /// <summary>The T times, at least two, increasing.</summary>
    public required double[] Times { get; init; }

    /// <summary>Until when the network was trained; what comes later is extrapolation.</summary>
    /// <value>Null by default: not shown.</value>
    public double? TrainedUntil { get; init; }

    /// <summary>Median over systems of the relative error of the state.</summary>
    public required double[] ErrorMedian { get; init; }

    /// <summary>10 % quantile of the relative error.</summary>
    public required double[] ErrorLow { get; init; }

    /// <summary>90 % quantile of the relative error.</summary>
    public required double[] ErrorHigh { get; init; }

    /// <summary>Drift of the true energy function along the predicted motion.</summary>
    public required double[] EnergyDriftPredicted { get; init; }

    /// <summary>Drift of the energy along the true motion: the error of its solver.</summary>
    public required double[] EnergyDriftTrue { get; init; }

    /// <summary>Drift of the linear momentum along the predicted motion.</summary>
    /// <value>Empty by default: the system conserves none, or it was not measured.</value>
    public double[] LinearMomentumDriftPredicted { get; init; } = [];

    /// <summary>Drift of the linear momentum along the true motion.</summary>
    /// <value>Empty by default.</value>
    public double[] LinearMomentumDriftTrue { get; init; } = [];

    /// <summary>Drift of the angular momentum along the predicted motion.</summary>
    /// <value>Empty by default: the system conserves none, or it was not measured.</value>
    public double[] AngularMomentumDriftPredicted { get; init; } = [];

    /// <summary>Drift of the angular momentum along the true motion.</summary>
    /// <value>Empty by default.</value>
    public double[] AngularMomentumDriftTrue { get; init; } = [];

    /// <summary>A few of the systems, to look at.</summary>
    /// <value>Empty by default.</value>
    public RolloutTrajectory[] Trajectories { get; init; } = [];

    /// <summary>Network and group in one, for legends.</summary>
    internal string Label => Group.Length == 0 ? Network : $"{Network}, {Group}";

    /// <summary>Checks lengths, shapes and times.</summary>
    /// <exception cref="ArgumentException">If something does not fit; says what.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(System)) throw new ArgumentException("The name of the system is blank.");
        if (string.IsNullOrWhiteSpace(Network)) throw new ArgumentException("The name of the network is blank.");
        if (Group is null) throw new ArgumentException("The name of the group is null; expected empty for none.");
        if (Times is null || Times.Length < 2) throw new ArgumentException("A rollout needs at least two times.");
        if (!Times.All(double.IsFinite) || Times.Zip(Times.Skip(1), (a, b) => a < b).Contains(false))
            throw new ArgumentException("The times of a rollout are not increasing finite numbers.");
        var frames = Times.Length;
        CheckCurve(ErrorMedian, frames, "median error");
        CheckCurve(ErrorLow, frames, "10 % quantile of the error");
        CheckCurve(ErrorHigh, frames, "90 % quantile of the error");
        CheckCurve(EnergyDriftPredicted, frames, "predicted energy drift");
        CheckCurve(EnergyDriftTrue, frames, "true energy drift");
        CheckCurve(LinearMomentumDriftPredicted, frames, "predicted linear momentum drift", optional: true);
        CheckCurve(LinearMomentumDriftTrue, frames, "true linear momentum drift", optional: true);
        CheckCurve(AngularMomentumDriftPredicted, frames, "predicted angular momentum drift", optional: true);
        CheckCurve(AngularMomentumDriftTrue, frames, "true angular momentum drift", optional: true);
        if (Trajectories is null) throw new ArgumentException("The trajectories are null; expected empty for none.");
        for (var i = 0; i < Trajectories.Length; i++) Trajectories[i].Validate(frames, $"system {i + 1}");
    }

    internal static void CheckCurve(double[] curve, int frames, string name, bool optional = false)
    {
        if (curve is null || !(curve.Length == frames || (optional && curve.Length == 0)))
        {
            throw new ArgumentException(
                $"The {name} has {curve?.Length ?? 0} numbers; expected one for each of {frames} times.");
        }
        if (curve.Any(value => value < 0)) throw new ArgumentException($"The {name} has a negative number.");
    }
}
