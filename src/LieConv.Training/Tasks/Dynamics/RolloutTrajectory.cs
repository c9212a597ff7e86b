namespace LieConv.Training.Tasks.Dynamics;

/// <summary>One system of a comparison, moved by the true equations and by a network from the same start.</summary>
public sealed record RolloutTrajectory
{
    /// <summary>Masses of the n particles, positive.</summary>
    public required double[] Masses { get; init; }

    /// <summary>True positions by time, particle and axis, shape (t, n, D) with D = 2 or 3.</summary>
    public required double[][][] True { get; init; }

    /// <summary>Predicted positions, of the shape of <see cref="True"/>. A rollout that blew up may end in NaN or
    /// infinities.</summary>
    public required double[][][] Predicted { get; init; }

    /// <summary>Relative error of the state at each time, if known.</summary>
    /// <value>Empty by default: the animation shows the error of the positions, ‖q - q̂‖/(‖q‖ + ‖q̂‖).</value>
    public double[] RelativeError { get; init; } = [];

    /// <summary>Relative drift of this system's energy along the prediction, if known.</summary>
    /// <value>Empty by default: the animation then shows the drift of the report.</value>
    public double[] EnergyDrift { get; init; } = [];

    /// <summary>Dimension D of the space.</summary>
    internal int Dimensions => True[0][0].Length;

    /// <summary>Checks the shapes and that the true motion is finite.</summary>
    /// <param name="frames">How many times there are.</param>
    /// <param name="name">What messages call this system.</param>
    internal void Validate(int frames, string name)
    {
        if (Masses is null || Masses.Length == 0) throw new ArgumentException($"{name} has no particles.");
        if (!Masses.All(mass => double.IsFinite(mass) && mass > 0))
            throw new ArgumentException($"{name} has a mass that is not a positive number.");
        var dimensions = True is [[{ } first, ..], ..] ? first.Length : 0;
        if (dimensions is not (2 or 3))
            throw new ArgumentException($"{name} has points of {dimensions} coordinates; expected 2 or 3.");
        foreach (var (positions, which) in new[] { (True, "true"), (Predicted, "predicted") })
        {
            if (positions is null || positions.Length != frames
                || !positions.All(frame =>
                    frame?.Length == Masses.Length && frame.All(point => point?.Length == dimensions)))
            {
                var shape = $"({frames}, {Masses.Length}, {dimensions})";
                throw new ArgumentException($"The {which} positions of {name} have another shape than {shape}.");
            }
        }
        if (!True.All(frame => frame.All(point => point.All(double.IsFinite))))
            throw new ArgumentException($"The true positions of {name} are not all finite.");
        RolloutReport.CheckCurve(RelativeError, frames, $"relative error of {name}", optional: true);
        RolloutReport.CheckCurve(EnergyDrift, frames, $"energy drift of {name}", optional: true);
    }
}
