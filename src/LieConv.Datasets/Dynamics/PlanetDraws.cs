using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>The random numbers behind the initial states of planets around a star.</summary>
/// <param name="Masses">Uniform, shape (N, n - 1).</param>
/// <param name="Radii">Uniform, shape (N, n - 1).</param>
/// <param name="Azimuths">Uniform, shape (N, n - 1).</param>
/// <param name="Heights">Uniform, shape (N, n - 1), in space; null in the plane.</param>
/// <param name="Directions">Of the velocity in the tangent plane, shape (N, n - 1): uniform in space; in the plane 0 for
/// clockwise and 1 for anticlockwise.</param>
/// <param name="Order">A permutation of the bodies, of which the first is the star, int64, shape (N, n).</param>
internal readonly record struct PlanetDraws(
    Tensor Masses, Tensor Radii, Tensor Azimuths, Tensor? Heights, Tensor Directions, Tensor Order);
