using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>What an integration gave.</summary>
/// <param name="States">States at the times asked for, shape (t, b, ...).</param>
/// <param name="Evaluations">Evaluations of the right-hand side.</param>
/// <param name="Steps">Steps accepted, of all items together where each has its own.</param>
/// <param name="Rejected">Steps tried and rejected, counted likewise; 0 for fixed steps.</param>
public readonly record struct OdeSolution(Tensor States, long Evaluations, long Steps, long Rejected);
