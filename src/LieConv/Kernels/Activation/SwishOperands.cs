using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The operand of <see cref="FusedSwish"/>.</summary>
internal readonly record struct SwishOperands(Tensor X);
