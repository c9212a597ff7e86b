using static TorchSharp.torch;

namespace LieConv;

/// <summary>A batch of point sets with values.</summary>
/// <param name="Coordinates">Points, shape (g, n, D), g = b or, where all items share them, 1.</param>
/// <param name="Values">Values of the points, shape (b, n, c).</param>
/// <param name="Mask">True for points, false for padding, shape (g, n), boolean.</param>
public readonly record struct PointSet(Tensor Coordinates, Tensor Values, Tensor Mask);
