using LieConv.Training.Learning;

namespace LieConv.Training.Classification;

/// <summary>How a classifier did.</summary>
/// <param name="Count">Images evaluated.</param>
/// <param name="Metrics">error: fraction of wrong classes, 0 to 1; loss: mean cross-entropy in nats.</param>
/// <param name="Confusion">Images of class [row] that were put into class [column].</param>
/// <param name="Worst">The most confident errors, the worst first.</param>
public sealed record ClassificationEvaluation(
    long Count,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyList<IReadOnlyList<long>> Confusion,
    IReadOnlyList<Misread> Worst) : Evaluation(Count, Metrics);
