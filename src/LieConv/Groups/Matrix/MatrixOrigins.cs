using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Origins of orbits of a matrix group, found by asking its options about points.</summary>
internal static class MatrixOrigins
{
    private const int Points = 64;

    /// <summary>Origins, shape (n, D) in double precision; none where no random point is in the group's domain.
    /// </summary>
    public static Tensor Compute(MatrixGroupOptions options)
    {
        if (options is { OrbitDim: 0, Section: null })
            return options.Origin!(zeros([1, 0], dtype: ScalarType.Float64)).to(ScalarType.Float64, CPU)
                .reshape(1, options.PointDim);
        using var generator = new Generator(3);
        var points = randn([1, Points, options.PointDim], dtype: ScalarType.Float64, generator: generator);
        // Half of them have positive coordinates only, for groups of scalings.
        points = cat([points, points.abs()], 1);
        var origins = options.Section is { } section
            ? MatrixAction.Apply(SafeInverse.Compute(section(points)), points)
            : OfOrbits(options, points);
        origins = origins.to(ScalarType.Float64, CPU).reshape(-1, options.PointDim);
        return origins.index_select(0, origins.isfinite().all(1).nonzero().squeeze(1));
    }

    /// <summary>The origins of the points' orbits, NaN where a point is in no orbit that the options know.</summary>
    private static Tensor OfOrbits(MatrixGroupOptions options, Tensor points)
    {
        var orbits = options.Orbit!(points);
        var origins = options.Origin!(orbits).to(ScalarType.Float64, CPU).expand(points.shape);
        var gap = (options.Orbit!(origins) - orbits).abs().sum(-1, keepdim: true);
        var known = gap <= (orbits.abs().sum(-1, keepdim: true) + Scalars.Of(1)) * Scalars.Of(1e-6);
        return where(known, origins, full_like(origins, Scalars.Of(double.NaN)));
    }
}
