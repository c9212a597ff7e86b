using LieConv.Groups;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>
/// Where the choice is made between a table of all pairs and searches whose memory grows with the number of points
/// only: neighbours and subsamples of few pairs are chosen from the table, those of many by search.
/// </summary>
internal static class LargeSets
{
    /// <summary>Most pairs of a table: 16 million have 64 MB of distances in single precision.</summary>
    public const long MostPairs = 1 << 24;

    /// <summary>Pairs whose distances a search computes at once.</summary>
    public const int PairsAtOnce = 1 << 18;

    /// <summary>Most pairs whose kernels are computed at once: four million have 270 MB of them in single precision.
    /// </summary>
    public const long MostKernels = 1 << 22;

    /// <summary>What a function gives for all queries, computed for some of them at a time.</summary>
    /// <param name="queries">Number m of queries.</param>
    /// <param name="pairs">Pairs of a query.</param>
    /// <param name="function">Is given the first query and how many, and gives shape (g, some, ...).</param>
    /// <returns>Shape (g, m, ...).</returns>
    public static Tensor InBlocks(long queries, long pairs, Func<long, long, Tensor> function)
    {
        using var scope = NewDisposeScope();
        var (block, parts) = (Math.Max(1, PairsAtOnce / Math.Max(1, pairs)), new List<Tensor>());
        for (var first = 0L; first < queries; first += block)
        {
            using var inner = NewDisposeScope();
            parts.Add(inner.MoveToOuter(function(first, Math.Min(block, queries - first))));
        }
        return scope.MoveToOuter(cat(parts, 1));
    }

    /// <summary>As <see cref="NeighborSelection.Nearest"/>, by search.</summary>
    /// <param name="group">The group.</param>
    /// <param name="queries">Elements (g, m, e) and orbits (g, m, q).</param>
    /// <param name="queryMask">Valid queries; null where all are.</param>
    /// <param name="support">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="supportMask">Valid points; null where all are.</param>
    /// <param name="count">Wanted neighbours.</param>
    /// <exception cref="ArgumentException">If more points are equally near than can be held.</exception>
    public static (Tensor Indices, Tensor? Mask) Nearest(
        LieGroup group, LiftedElements queries, Tensor? queryMask, LiftedElements support, Tensor? supportMask,
        int count)
    {
        var (table, dtype) = (NewTable(queries, support, count), queries.Elements.dtype);
        for (var set = 0L; set < queries.Elements.shape[0]; set++)
        {
            using var scope = NewDisposeScope();
            var own = new PointsOfSet(group, queries, queryMask, set);
            var others = new PointsOfSet(group, support, supportMask, set);
            if (others.Valid.Length == 0) continue;
            var tree = new TreeSearch(own, others, dtype, table, set);
            if (others.IsEuclidean) tree.Run(new EuclideanPair(others.Scale));
            else if (group is IPairDistances pairs) pairs.Run(tree);
            else NearestInBlocks.Fill(own, others, table, set);
        }
        var (indices, mask) = table.ToTensors(queries.Elements.device);
        if (queryMask is not null || supportMask is not null || table.HasLonger) return (indices, mask);
        mask.Dispose();
        return (indices, null);
    }

    /// <summary>As <see cref="NeighborSelection.Ball"/>, by search.</summary>
    /// <param name="group">The group.</param>
    /// <param name="queries">Elements (g, m, e) and orbits (g, m, q).</param>
    /// <param name="queryMask">Valid queries; null where all are.</param>
    /// <param name="support">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="supportMask">Valid points; null where all are.</param>
    /// <param name="radius">The radius, 0-d.</param>
    /// <param name="count">Wanted neighbours.</param>
    /// <param name="seed">What all samples follow from.</param>
    public static (Tensor Indices, Tensor Mask) Ball(
        LieGroup group, LiftedElements queries, Tensor? queryMask, LiftedElements support, Tensor? supportMask,
        Tensor radius, int count, ulong seed)
    {
        var table = NewTable(queries, support, count);
        for (var set = 0L; set < queries.Elements.shape[0]; set++)
        {
            using var scope = NewDisposeScope();
            var own = new PointsOfSet(group, queries, queryMask, set);
            var others = new PointsOfSet(group, support, supportMask, set);
            if (others.Valid.Length == 0) continue;
            var small = new BallSamples(own, others, radius, seed, set).Fill(table, smallAreCheap: others.Space.Bounds);
            if (small.Length > 0) new BallContents(own, others, radius, seed, set).Fill(table, small);
        }
        return table.ToTensors(queries.Elements.device);
    }

    /// <summary>The average over valid queries of the fraction of their own set within the ball, from some queries of
    /// each set.</summary>
    /// <param name="group">The group.</param>
    /// <param name="queries">Elements (g, m, e) and orbits (g, m, q).</param>
    /// <param name="queryMask">Valid queries; null where all are.</param>
    /// <param name="support">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="supportMask">Valid points; null where all are.</param>
    /// <param name="radius">The radius, 0-d.</param>
    /// <param name="seed">What the choice of queries follows from.</param>
    public static double AverageFill(
        LieGroup group, LiftedElements queries, Tensor? queryMask, LiftedElements support, Tensor? supportMask,
        Tensor radius, ulong seed)
    {
        var (sum, counted) = (0.0, 0L);
        for (var set = 0L; set < queries.Elements.shape[0]; set++)
        {
            using var scope = NewDisposeScope();
            var own = new PointsOfSet(group, queries, queryMask, set);
            var others = new PointsOfSet(group, support, supportMask, set);
            sum += own.Valid.Length * BallFill.Estimate(own, others, radius, RandomNumbers.Create(seed, set, -1));
            counted += own.Valid.Length;
        }
        return sum / Math.Max(counted, 1);
    }

    /// <summary>A function of queries and their neighbours, some queries at a time, so that what is between takes no
    /// memory for all.</summary>
    /// <param name="queries">Elements (g, m, e) and orbits (g, m, q).</param>
    /// <param name="indices">Neighbours, shape (g, m, k).</param>
    /// <param name="function">Gives shape (g, some, ...).</param>
    /// <returns>Shape (g, m, ...).</returns>
    public static Tensor ByQueries(
        LiftedElements queries, Tensor indices, Func<LiftedElements, Tensor, Tensor> function)
    {
        var (m, pairs) = (indices.shape[1], indices.shape[0] * indices.shape[2]);
        var (block, parts) = (Math.Max(1, PairsAtOnce / Math.Max(1, pairs)), new List<Tensor>());
        for (var first = 0L; first < m; first += block)
        {
            using var scope = NewDisposeScope();
            var some = Math.Min(block, m - first);
            var part = new LiftedElements(
                queries.Elements.narrow(1, first, some), queries.Orbits?.narrow(1, first, some));
            parts.Add(scope.MoveToOuter(function(part, indices.narrow(1, first, some))));
        }
        return cat(parts, 1);
    }

    /// <summary>The nearest neighbours of one set by single pairs.</summary>
    private sealed class TreeSearch(
        PointsOfSet queries, PointsOfSet support, ScalarType dtype, NeighbourTable table, long set) : IPairSearch
    {
        public void Run<TDistance>(TDistance distance) where TDistance : struct, IPairDistance =>
            new NearestInTree<TDistance>(support, distance, dtype).Fill(queries, table, set);
    }

    private static NeighbourTable NewTable(LiftedElements queries, LiftedElements support, int count) => new(
        queries.Elements.shape[0], queries.Elements.shape[1], (int)Math.Min(count, support.Elements.shape[1]));
}
