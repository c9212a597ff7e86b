using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>When distances count as equal: they differ by what rounding makes of equal ones when a set is moved or its
/// points are put in another order.</summary>
internal static class Ties
{
    private const double Single = 4e-6;
    private const double Double = 1e-11;

    /// <summary>The share of a distance within which another is equal to it.</summary>
    /// <param name="dtype">Element type of the points.</param>
    public static double Share(ScalarType dtype) => dtype switch
    {
        ScalarType.Float64 => Double,
        ScalarType.Float32 => Single,
        _ => 4 * finfo(dtype).eps,
    };

    /// <summary>The largest distances that are equal to some, or not above them.</summary>
    public static Tensor Reach(Tensor distances) => distances * Scalars.Of(1 + Share(distances.dtype));

    /// <summary>The same for one distance between points of this type.</summary>
    public static double Reach(double distance, ScalarType dtype) => distance * (1 + Share(dtype));

    /// <summary>A radius that no distance is equal to unless it is below: points exactly as far as the radius, as on a
    /// grid, are all outside.</summary>
    public static Tensor Inside(Tensor radius, ScalarType dtype) =>
        (dtype == ScalarType.Float64 ? radius.to(dtype) : radius) * Scalars.Of(1 - Share(dtype));
}
