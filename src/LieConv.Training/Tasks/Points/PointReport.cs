using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Points;

/// <summary>The evaluation of a run on points: evaluation.json.</summary>
/// <param name="Result">On the test sets.</param>
/// <param name="Targets">Each target's figures.</param>
/// <param name="Motion">By how much answers change when sets are moved.</param>
internal sealed record PointReport(RunResult Result, IReadOnlyList<TargetReport> Targets, MotionReport Motion);
