using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>What a step hands to the next one.</summary>
/// <param name="State">The state, shape (b, ...).</param>
/// <param name="Carried">What the next step would evaluate again; null before the first step, or where a method has no
/// such thing.</param>
internal readonly record struct StepResult(Tensor State, Tensor? Carried);
