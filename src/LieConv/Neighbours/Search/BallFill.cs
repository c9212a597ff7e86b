using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>How full the balls of a large set are, from a sample of its queries.</summary>
internal static class BallFill
{
    /// <summary>Queries that are looked at: their average is off by a 16th of the spread of a single one at most,
    /// which the radius, averaged over steps, does not feel.</summary>
    private const int SampleSize = 256;

    /// <summary>The average over valid queries of the fraction of the valid points within the ball.</summary>
    public static double Estimate(PointsOfSet queries, PointsOfSet support, Tensor radius, RandomNumbers random)
    {
        if (queries.Valid.Length == 0 || support.Valid.Length == 0) return 0;
        using var scope = NewDisposeScope();
        var sample = queries.Numbers(Sample(queries.Valid, random));
        var inside = 0L;
        foreach (var points in support.Valid.Chunk(LargeSets.PairsAtOnce / SampleSize))
        {
            using var inner = NewDisposeScope();
            inside += (queries.Distances(sample, support, support.Numbers(points)) < radius).sum().item<long>();
        }
        return (double)inside / sample.shape[0] / support.Valid.Length;
    }

    /// <summary>One query of each of so many equal parts; all where they are no more.</summary>
    private static int[] Sample(int[] queries, RandomNumbers random)
    {
        if (queries.Length <= SampleSize) return queries;
        var sample = new int[SampleSize];
        for (var i = 0L; i < SampleSize; i++)
        {
            var (first, end) = (i * queries.Length / SampleSize, (i + 1) * queries.Length / SampleSize);
            sample[i] = queries[first + random.Below((int)(end - first))];
        }
        return sample;
    }
}
