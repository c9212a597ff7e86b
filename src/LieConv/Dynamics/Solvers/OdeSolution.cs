using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>What an integration gave.</summary>
/// <param name="States">States at the times asked for, shape (t, b, ...), or (t) for a state of shape ().</param>
/// <param name="Evaluations">Evaluations of the right-hand side.</param>
/// <param name="Steps">Steps accepted, of all items together where each has its own.</param>
/// <param name="Rejected">Steps tried and rejected, counted likewise; 0 for fixed steps.</param>
public readonly record struct OdeSolution(Tensor States, long Evaluations, long Steps, long Rejected)
{
    /// <summary>What differs from what was asked for, in a sentence; null where nothing does.</summary>
    /// <value>Null, or that <see cref="AdaptiveOptions.RelativeTolerance"/> is finer than the state's precision
    /// allows.</value>
    public string? Remark { get; init; }
}
