using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The operands of <see cref="FusedResidual"/>.</summary>
/// <param name="Wide">Shape (g, m, r, o).</param>
/// <param name="Values">Shape (g, n, r, c).</param>
/// <param name="Picks">Shape (g, m); null where all remain.</param>
/// <param name="ValuesShape">All that the backward pass needs to know of the values.</param>
internal readonly record struct ResidualTensors(Tensor Wide, Tensor Values, Tensor? Picks, long[] ValuesShape);
