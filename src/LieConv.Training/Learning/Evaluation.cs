namespace LieConv.Training.Learning;

/// <summary>Figures of a model on a part of the data. Every example weighs the same.</summary>
/// <param name="Count">Examples evaluated.</param>
/// <param name="Metrics">Means over the examples by name.</param>
public abstract record Evaluation(long Count, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>Whether all figures are finite: they are not where a prediction is not.</summary>
    public bool IsFinite => Metrics.Values.All(double.IsFinite);
}
