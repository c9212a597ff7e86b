using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The operands of <see cref="FusedKernelNetwork"/> and <see cref="PlainKernelNetwork"/>.</summary>
/// <param name="Relative">Shape (..., d).</param>
/// <param name="Mask">Valid pairs, a prefix of (...) with trailing ones; null where all are.</param>
/// <param name="Parameters">By layer: weight, bias, and where there is a norm its weight and bias.</param>
/// <param name="Mean">Of all layers' units (80); null without norms.</param>
/// <param name="Variance">Biased, likewise.</param>
/// <param name="Call">What else it is about.</param>
internal readonly record struct KernelNetworkTensors(
    Tensor Relative, Tensor? Mask, IReadOnlyList<Tensor> Parameters, Tensor? Mean, Tensor? Variance, KernelCall Call);
