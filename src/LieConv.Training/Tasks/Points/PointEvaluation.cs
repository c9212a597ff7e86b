using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Points;

/// <summary>Figures of a network on a part of the sets, and all that it said.</summary>
/// <param name="Count">Sets.</param>
/// <param name="Metrics">The figures by name; of several targets each after the target's name and a point.</param>
/// <param name="Answers">What it said of each target.</param>
/// <param name="Sets">The numbers of the sets in the data.</param>
internal sealed record PointEvaluation(
    long Count, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<TargetAnswers> Answers, int[] Sets)
    : Evaluation(Count, Metrics);
