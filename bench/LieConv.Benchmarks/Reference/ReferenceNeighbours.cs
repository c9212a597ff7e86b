using LieConv.Groups;
using LieConv.Layers;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>
/// The neighbours of queries as the original finds them: distances of all pairs from their table, a sample of each ball
/// by noise and the largest k, and copies of coordinates, values and masks for each neighbour.
/// </summary>
internal sealed class ReferenceNeighbours
{
    private const double Far = 1e8;
    private const double RadiusStep = 0.5;

    private readonly LieGroup _group;
    private readonly LieConvOptions _options;
    private readonly Tensor _radius;

    /// <summary>Takes the radius, which moves with the fill; all points are those within an infinite one.</summary>
    public ReferenceNeighbours(LieGroup group, LieConvOptions options, Tensor radius)
    {
        (_group, _options, _radius) = (group, options, radius);
        if (options.Block.Neighborhood == NeighborhoodKind.Everything) _radius.fill_(double.PositiveInfinity);
    }

    /// <summary>Finds and copies the neighbours of the picked points (all where picks is null).</summary>
    /// <returns>Relative coordinates (b, m, k, d + 2q), values (b, m, k, c) and mask (b, m, k).</returns>
    public PairedPoints Find(PairedPoints points, Tensor? picks, Draws draws, bool training)
    {
        using var scope = NewDisposeScope();
        var (pairs, values, mask) = points;
        var item = arange(values.shape[0], dtype: ScalarType.Int64, device: values.device);
        var queries = picks is null ? pairs : pairs[item.unsqueeze(1), picks];                   // (b, m, n, d)
        var queryMask = picks is null ? mask : mask[item.unsqueeze(1), picks];                   // (b, m)
        var (indices, chosen) = Choose(queries, mask, queryMask, draws, training);
        var set = item.view(-1, 1, 1).expand_as(indices);
        var query = arange(indices.shape[1], dtype: ScalarType.Int64, device: values.device)
            .view(1, -1, 1).expand_as(indices);
        var counts = mask[set, indices].logical_and(chosen);
        return new PairedPoints(
            scope.MoveToOuter(queries[set, query, indices]), scope.MoveToOuter(values[set, indices]),
            scope.MoveToOuter(counts));
    }

    private (Tensor Indices, Tensor Chosen) Choose(
        Tensor queries, Tensor mask, Tensor queryMask, Draws draws, bool training)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var all = _group.Distance(queries);                                                      // (b, m, n)
        var valid = mask.unsqueeze(1).logical_and(queryMask.unsqueeze(2));
        var distances = where(mask.unsqueeze(1).expand_as(all), all, full_like(all, Far));
        var everything = _options.Block.Neighborhood == NeighborhoodKind.Everything;
        var k = (int)Math.Min(everything ? long.MaxValue : _options.Block.SampleCount, mask.shape[1]);
        if (_options.Block.Neighborhood == NeighborhoodKind.Nearest)
        {
            var (_, nearest) = distances.topk(k, -1, largest: false, sorted: false);
            return (scope.MoveToOuter(nearest), scope.MoveToOuter(queryMask.unsqueeze(2).expand_as(nearest).clone()));
        }
        var within = (distances < _radius).logical_and(valid);
        var (rank, indices) = (within + draws.Ranks(within.shape, within.device)).topk(k, -1, sorted: false);
        if (training) FollowFill(within, mask, queryMask);
        return (scope.MoveToOuter(indices), scope.MoveToOuter(rank > 1));
    }

    private void FollowFill(Tensor within, Tensor mask, Tensor queryMask)
    {
        var average = within.to(ScalarType.Float32).sum() / queryMask.sum();
        var fill = (average / mask.sum(-1).to(ScalarType.Float32).mean()).cpu().item<float>();
        _radius.add_(RadiusStep * (Math.Min(_options.FillFraction, 1) - fill));
    }
}
