using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The operands of <see cref="SwishGradient"/>, both of one shape.</summary>
internal readonly record struct SwishSlope(Tensor X, Tensor Gradient);
