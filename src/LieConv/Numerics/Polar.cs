using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Angles and lengths with finite first and second derivatives everywhere.</summary>
internal static class Polar
{
    /// <summary>
    /// Points nearer to the origin (or to an axis) than this have no angle of their own, and their angle no derivative.
    /// The angle's second derivative is bounded by its inverse square, which single precision holds.
    /// </summary>
    public const double OriginRadius = 1e-6;

    /// <summary>Angles moved to (-π, π] by a multiple of 2π; the derivative is 1.</summary>
    public static Tensor Wrap(Tensor angle)
    {
        var turns = (angle.detach() / Scalars.Of(2 * Math.PI) - Scalars.Of(0.5)).ceil();
        return angle - turns * Scalars.Of(2 * Math.PI);
    }

    /// <summary>The length of the last dimension, shape (...); derivatives 0 where it is below
    /// <see cref="OriginRadius"/> squared.</summary>
    public static Tensor Length(Tensor vector) => SquareRoot((vector * vector).sum(-1));

    /// <summary>Which squared radii are of points at the origin, that have no direction; boolean, in their shape.</summary>
    public static Tensor AtOrigin(Tensor squared) => squared.detach().lt(Scalars.Of(OriginRadius * OriginRadius));

    /// <summary>The square root, with derivatives 0 at 0.</summary>
    public static Tensor SquareRoot(Tensor squared)
    {
        var tiny = squared.detach() < Scalars.Of(OriginRadius * OriginRadius * OriginRadius * OriginRadius);
        var root = where(tiny, ones_like(squared), squared).sqrt();
        return where(tiny, squared.detach().sqrt(), root);
    }

    /// <summary>The azimuth of (x, y), in (-π, π]; 0 without derivatives at the centre.</summary>
    public static Tensor Angle(Tensor x, Tensor y, Tensor central) =>
        where(central, zeros_like(y), y).atan2(where(central, ones_like(x), x));
}
