using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Lifting;

/// <summary>
/// Lifted points with values, the type that flows through the network. The geometry has its own batch dimension g,
/// apart from the r items that share one geometry: an image batch has g = 1 and r = b, molecules have g = b and r = 1.
/// </summary>
/// <param name="Elements">Group elements, shape (g, n, e).</param>
/// <param name="Orbits">Orbit coordinates, shape (g, n, q); null where the group has one orbit.</param>
/// <param name="Values">Values, shape (g, n, r, c).</param>
/// <param name="Mask">True for points and false for padding, shape (g, n); null where nothing is padded.</param>
public readonly record struct LiftedPoints(Tensor Elements, Tensor? Orbits, Tensor Values, Tensor? Mask)
{
    /// <summary>Where the points are, without their values.</summary>
    public LiftedElements Geometry => new(Elements, Orbits);
}
