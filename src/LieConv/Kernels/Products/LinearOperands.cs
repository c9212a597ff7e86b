using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The operands of <see cref="FusedLinear"/>.</summary>
/// <param name="X">Shape (..., c).</param>
/// <param name="Weight">Shape (outputs, c).</param>
/// <param name="Bias">Shape (outputs).</param>
internal readonly record struct LinearOperands(Tensor X, Tensor Weight, Tensor Bias);
