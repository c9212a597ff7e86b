namespace LieConv.Training.Tasks.Points;

/// <summary>By how much answers change, as a part of their size.</summary>
/// <param name="Group">The group whose random elements moved the sets.</param>
/// <param name="Largest">At most.</param>
/// <param name="Mean">In the mean.</param>
/// <param name="Sets">Sets that were moved.</param>
internal sealed record MotionReport(string Group, double Largest, double Mean, int Sets);
