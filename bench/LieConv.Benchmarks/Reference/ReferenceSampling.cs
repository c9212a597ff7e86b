using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>Farthest-point sampling of all sets at once, in tensor operations.</summary>
internal static class ReferenceSampling
{
    private const double Far = 1e8;
    private const double NotAPoint = -100;

    /// <summary>Picks points of each set.</summary>
    /// <param name="distances">Shape (b, n, n).</param>
    /// <param name="mask">Valid points, shape (b, n).</param>
    /// <param name="count">Picks m.</param>
    /// <param name="draws">Source of the starts.</param>
    /// <returns>Shape (b, m).</returns>
    public static Tensor Select(Tensor distances, Tensor mask, int count, Draws draws)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (b, n) = (distances.shape[0], distances.shape[1]);
        var counts = mask.sum(-1);
        var starts = tensor(draws.Starts(counts.data<long>().ToArray()));
        var farthest = where(mask)[1][starts + counts.cumsum(0) - counts];
        var (item, nearest) = (arange(b, dtype: ScalarType.Int64), full([b, n], Far, dtype: distances.dtype));
        var picks = zeros([b, count], dtype: ScalarType.Int64);
        for (var i = 0; i < count; i++)
        {
            using var step = NewDisposeScope();
            picks.select(1, i).copy_(farthest);
            var distance = where(mask, distances[item, farthest], full_like(nearest, NotAPoint));
            var closer = distance < nearest;
            nearest[closer] = distance[closer];
            farthest = step.MoveToOuter(nearest.max(-1).indexes);
        }
        return scope.MoveToOuter(picks);
    }
}
