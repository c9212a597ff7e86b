using LieConv.Groups;
using LieConv.Layers;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Profiling;

/// <summary>Times what has no derivative: lifts, subsamples, neighbours.</summary>
internal sealed class GeometryProfile(ProfileSubject subject, ProfileTimer timer, ProfileTimes times)
{
    private readonly GeneratorDraws _draws = new(new Generator(1));

    /// <summary>Times the geometry of all blocks.</summary>
    /// <returns>The geometry of each.</returns>
    public List<BlockGeometry> Run()
    {
        using var off = no_grad();
        var (network, coordinates, mask) = (subject.Network, subject.Points.Coordinates, subject.Points.Mask);
        var options = network.Options.Block.Lift;
        times.Add(ProfileKind.Lifts, subject.Evaluations,
            timer.Plain(() => network.Group.Lift(coordinates, mask, options, _draws)));
        var points = network.Group.Lift(coordinates, mask, options, _draws);
        mask = mask?.repeat_interleave(options.Samples, 1);
        var found = new List<BlockGeometry>();
        foreach (var block in network.Blocks.Cast<BottleneckBlock>())
            found.Add(Next(block.Convolution, ref points, ref mask, found));
        return found;
    }

    private BlockGeometry Next(
        LieConvLayer layer, ref LiftedElements points, ref Tensor? mask, List<BlockGeometry> before)
    {
        var (all, valid) = (points, mask);
        if (layer.Options.DownsampleFraction == 1)
        {
            // Neighbours that nothing random decides are found once for all blocks.
            if (before.Count > 0 && layer.Options.Block.Neighborhood != NeighborhoodKind.Ball) return before[^1];
            // So are the distances.
            if (before.Count == 0)
                times.Add(ProfileKind.Neighbours, subject.Evaluations,
                    timer.Plain(() => layer.Group.PairDistances(all, all)));
            return Neighbours(layer, all, valid, null, all, valid);
        }
        times.Add(ProfileKind.Subsampling, subject.Evaluations, timer.Plain(() => Subsample(layer, all, valid)));
        var picks = Subsample(layer, all, valid);
        points = new LiftedElements(At(all.Elements, picks)!, At(all.Orbits, picks));
        mask = valid?.gather(1, picks);
        return Neighbours(layer, points, mask, picks, all, valid);
    }

    private BlockGeometry Neighbours(
        LieConvLayer layer, LiftedElements queries, Tensor? queryMask, Tensor? picks, LiftedElements all, Tensor? valid)
    {
        // Distances are known by then: those of the subsample, or of the first block.
        var distances = layer.Group.PairDistances(queries, all);
        Neighborhood Find() => layer.Finder.Find(queries, queryMask, all, valid, distances, _draws);
        times.Add(ProfileKind.Neighbours, subject.Evaluations, timer.Plain(() => Find()));
        return new BlockGeometry(all, valid, picks, Find());
    }

    private Tensor Subsample(LieConvLayer layer, LiftedElements points, Tensor? mask)
    {
        var count = FarthestPoints.Count(points.Elements.shape[1], layer.Options.DownsampleFraction);
        return FarthestPoints.Select(layer.Group.PairDistances(points, points), mask, count, _draws).Indices;
    }

    private static Tensor? At(Tensor? rows, Tensor picks) =>
        rows?.gather(1, picks.unsqueeze(-1).expand(-1, -1, rows.shape[2]));
}
