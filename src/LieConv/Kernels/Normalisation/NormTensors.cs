using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The operands of <see cref="FusedNorm"/>.</summary>
/// <param name="X">Shape (..., c).</param>
/// <param name="Mask">Valid rows, a prefix of (...) with trailing ones; null where all are.</param>
/// <param name="Weight">Factors (c).</param>
/// <param name="Bias">Shape (c).</param>
/// <param name="Mean">What is subtracted (c).</param>
/// <param name="Variance">What is divided by the square root of (c).</param>
/// <param name="Call">What else it is about.</param>
internal readonly record struct NormTensors(
    Tensor X, Tensor? Mask, Tensor Weight, Tensor Bias, Tensor Mean, Tensor Variance, NormCall Call);
