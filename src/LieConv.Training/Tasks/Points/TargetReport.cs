using LieConv.Training.Conformal;

namespace LieConv.Training.Tasks.Points;

/// <summary>The figures of a target.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">Whether sets or points have it.</param>
/// <param name="Classes">Classes; 0 for a number.</param>
/// <param name="Metrics">The figures by name, on the test part.</param>
/// <param name="Coverage">What became of the promised coverage; null without validation sets.</param>
/// <param name="Remark">What a user should know of it; null for nothing.</param>
internal sealed record TargetReport(
    string Name, string Of, int Classes, IReadOnlyDictionary<string, double> Metrics, ConformalCoverage? Coverage,
    string? Remark);
