using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Positions in a Euclidean space that bound a group's distance from below: far positions are far points.
/// </summary>
/// <param name="Positions">One position a point, shape (g, n, p).</param>
/// <param name="Scale">The distance is at least this times that of the positions.</param>
/// <param name="IsDistance">Whether it is exactly that.</param>
internal readonly record struct PositionBound(Tensor Positions, double Scale, bool IsDistance);
