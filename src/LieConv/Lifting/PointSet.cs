using static TorchSharp.torch;

namespace LieConv.Lifting;

/// <summary>A batch of b point sets with values.</summary>
/// <param name="Coordinates">Points, shape (g, n, D): g = b, or g = 1 where all items have the same points.</param>
/// <param name="Values">Values of the points, shape (b, n, c).</param>
/// <param name="Mask">True for points and false for padding, boolean, shape (g, n); null where nothing is
/// padded.</param>
public readonly record struct PointSet(Tensor Coordinates, Tensor Values, Tensor? Mask = null);
