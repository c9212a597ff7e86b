using LieConv.Groups;
using LieConv.Layers;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

/// <summary>Random lifted sets, and layers that search them or read a table.</summary>
internal static class SearchCase
{
    public const int Neighbours = 7;

    /// <summary>Two sets of n points.</summary>
    public static LiftedElements Lift(LieGroup group, long n, ScalarType dtype, ulong seed = 1)
    {
        var generator = new Generator(seed);
        var points = randn([2, n, group.PointDim], generator: generator).to(dtype);
        if (group.Name.EndsWith("SQ", StringComparison.Ordinal)) points = points.abs() + 0.1;    // in their quadrant
        return group.Lift(points, LiftOptions.Default, new GeneratorDraws(generator));
    }

    /// <summary>Which points count: of the second set a third does not, and its coordinates are no numbers.</summary>
    public static Tensor Mask(LiftedElements points)
    {
        var mask = ones(points.Elements.shape[..2], dtype: ScalarType.Bool);
        mask[1] = arange(points.Elements.shape[1]) % 3 != 1;
        foreach (var padded in new[] { points.Elements, points.Orbits })
            padded?.masked_fill_(mask.logical_not().unsqueeze(-1), double.NaN);
        return mask;
    }

    /// <summary>A layer that searches sets of any size, or reads tables of any size.</summary>
    public static LieConvLayer Layer(LieGroup group, NeighborhoodKind kind, bool searches, int count = Neighbours) =>
        new(group, 1, 1, new LieConvOptions
        {
            Block = new() { Neighborhood = kind, SampleCount = count, BatchNorm = false },
        })
        {
            MostPairs = searches ? 0 : long.MaxValue,
        };

    /// <summary>The numbers of each query's neighbours that count, ascending.</summary>
    public static List<long[]> Sets(Neighborhood found)
    {
        var k = (int)found.Indices!.shape[^1];
        var indices = found.Indices.flatten().data<long>().ToArray();
        var mask = found.Mask?.contiguous().flatten().data<bool>().ToArray();
        return [.. indices.Chunk(k).Select((row, q) => row
            .Where((_, i) => mask is null || mask[q * k + i]).Order().ToArray())];
    }

    public static GeneratorDraws Draws(ulong seed = 5) => new(new Generator(seed));
}
