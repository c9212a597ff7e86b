using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>How well a network predicted chunks of trajectories.</summary>
/// <param name="Count">Chunks evaluated, one a system.</param>
/// <param name="Metrics">mse: mean squared error of positions and momenta over all times, the first included.</param>
public sealed record DynamicsEvaluation(long Count, IReadOnlyDictionary<string, double> Metrics)
    : Evaluation(Count, Metrics);
