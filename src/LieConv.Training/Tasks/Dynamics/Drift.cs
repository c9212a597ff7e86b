namespace LieConv.Training.Tasks.Dynamics;

/// <summary>How far a quantity that should be constant moves along rollouts, relative to its size.</summary>
/// <param name="End">At the last time: median over the systems.</param>
/// <param name="Largest">The largest of all systems and times.</param>
public sealed record Drift(double End, double Largest);
