using LieConv.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Distances of all pairs in blocks of queries, so that memory beside the result stays bounded.</summary>
/// <remarks>The blocks are temporary and no derivative is kept, hence a dispose scope for each.</remarks>
internal static class PairwiseDistances
{
    /// <summary>Pairs computed at once: a quarter of a million take some 10 MB for the relative coordinates of SE(3)
    /// in single precision and stay near the processor's caches.</summary>
    public const long PairsPerBlock = 1 << 18;

    /// <summary>From relative coordinates and the group's distance, for any group.</summary>
    public static Tensor FromRelative(LieGroup group, LiftedElements queries, LiftedElements support) =>
        InBlocks(queries, support, (u, v) => group.Distance(group.Relative(u, v)));

    /// <summary>The distance of all pairs by a kernel where there is one for the machine and the points, else by a
    /// formula.</summary>
    /// <param name="queries">Elements (g, m, e) and orbits (g, m, q).</param>
    /// <param name="support">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="kernel">The distance.</param>
    /// <param name="distance">The same, as in <see cref="InBlocks"/>.</param>
    /// <returns>Distances, shape (g, m, n).</returns>
    public static Tensor Compute<TKernel>(
        LiftedElements queries, LiftedElements support, TKernel kernel,
        Func<LiftedElements, LiftedElements, Tensor> distance)
        where TKernel : struct, IPairKernel
    {
        if (!PairTable.Supports(queries, support, kernel)) return InBlocks(queries, support, distance);
        using var quiet = no_grad();
        return PairTable.Compute(queries, support, kernel);
    }

    /// <summary>The distance of all pairs by a formula.</summary>
    /// <param name="queries">Elements (g, m, e) and orbits (g, m, q).</param>
    /// <param name="support">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="distance">From queries (g, k, 1, ·) and support (g, 1, n, ·) to distances (g, k, n).</param>
    /// <returns>Distances, shape (g, m, n).</returns>
    public static Tensor InBlocks(
        LiftedElements queries, LiftedElements support, Func<LiftedElements, LiftedElements, Tensor> distance)
    {
        using var quiet = no_grad();
        var (u, v) = (queries.Elements, support.Elements);
        var (g, m, n) = (Math.Max(u.shape[0], v.shape[0]), u.shape[1], v.shape[1]);
        var result = empty([g, m, n], dtype: u.dtype, device: u.device);
        var block = Math.Max(1, PairsPerBlock / Math.Max(1, g * n));
        for (var start = 0L; start < m; start += block)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(block, m - start);
            var slice = new LiftedElements(
                u.narrow(1, start, count).unsqueeze(2), queries.Orbits?.narrow(1, start, count).unsqueeze(2));
            var all = new LiftedElements(v.unsqueeze(1), support.Orbits?.unsqueeze(1));
            result.narrow(1, start, count).copy_(distance(slice, all));
        }
        return result;
    }

    /// <summary>The lengths of differences, computed from the differences (no expansion of the square, which would
    /// cancel for near points far from the origin), shape (g, k, n).</summary>
    public static Tensor Euclidean(Tensor u, Tensor v) =>
        cdist(u.squeeze(2), v.squeeze(1), 2, compute_mode.donot_use_mm_for_euclid_dist);

    /// <summary>The sizes of angle differences, in [0, π], shape (g, k, n).</summary>
    public static Tensor Angular(Tensor u, Tensor v) => Polar.Wrap(u - v).abs();

    /// <summary>The angles of the relative rotations of unit quaternions, in [0, π], shape (g, k, n).</summary>
    /// <remarks>By the chord of q and ±q, of length 2 sin(θ/4): full precision for small angles, where the arc cosine
    /// of the scalar product has none.</remarks>
    public static Tensor Rotational(Tensor u, Tensor v)
    {
        var chord = Euclidean(u, v).minimum(Euclidean(u, -v));
        return (chord / Scalars.Of(2)).clamp_max(Scalars.Of(1)).asin() * Scalars.Of(4);
    }
}
