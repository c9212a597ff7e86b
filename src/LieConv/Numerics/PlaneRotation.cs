using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Rotations of the plane by angles in radians, counter-clockwise.</summary>
internal static class PlaneRotation
{
    /// <summary>Rotation matrices, shape (..., 2, 2).</summary>
    public static Tensor Matrix(Tensor angle)
    {
        var (cos, sin) = (angle.cos(), angle.sin());
        return stack([cos, -sin, sin, cos], -1).reshape([.. angle.shape, 2, 2]);
    }

    /// <summary>The angle of (multiples of) rotation matrices (..., 2, 2), in (-π, π].</summary>
    public static Tensor AngleOf(Tensor matrix)
    {
        Tensor M(int row, int column) => matrix.select(-2, row).select(-1, column);
        return (M(1, 0) - M(0, 1)).atan2(M(0, 0) + M(1, 1));
    }

    /// <summary>Rotated points, shape (..., 2).</summary>
    public static Tensor Rotate(Tensor angle, Tensor point)
    {
        var (cos, sin) = (angle.cos(), angle.sin());
        var (x, y) = (point.select(-1, 0), point.select(-1, 1));
        return stack([cos * x - sin * y, sin * x + cos * y], -1);
    }
}
