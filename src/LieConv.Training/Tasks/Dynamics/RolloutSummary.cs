namespace LieConv.Training.Tasks.Dynamics;

/// <summary>The figures of rollouts: states and figures in float64, the network in the run's precision.</summary>
public sealed record RolloutSummary
{
    /// <summary>Systems.</summary>
    public required int Systems { get; init; }

    /// <summary>Time steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Time from one step to the next.</summary>
    public required double TimeStep { get; init; }

    /// <summary>The solver of the network's motion.</summary>
    public required string Solver { get; init; }

    /// <summary>Evaluations of the network for one system.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Relative error of the state, ‖z - ẑ‖/(‖z‖ + ‖ẑ‖), at the last time: median over the systems.</summary>
    public required double ErrorMedian { get; init; }

    /// <summary>Geometric mean of the relative error over all systems and all times after the first.</summary>
    public required double ErrorGeometricMean { get; init; }

    /// <summary>The true energy along the prediction, relative to its start.</summary>
    public required Drift Energy { get; init; }

    /// <summary>The learned energy along the prediction, relative to the true energy at the start, since a learned
    /// energy is free by a constant; null for a network that learns none.</summary>
    public Drift? LearnedEnergy { get; init; }

    /// <summary>Σ p along the prediction, relative to Σ |p| at the start.</summary>
    public required Drift LinearMomentum { get; init; }

    /// <summary>Σ q × p about the origin along the prediction, relative to Σ |q × p| at the start.</summary>
    public required Drift AngularMomentum { get; init; }
}
