using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Sets by name, special ones and generic ones, each of one shape (n, D) about the origin.</summary>
internal static class SpecialSets
{
    private static readonly double Golden = (1 + Math.Sqrt(5)) / 2;

    /// <summary>The sets of the plane or of space.</summary>
    public static IReadOnlyList<(string Name, Tensor Points)> Of(int dimension) => dimension == 2
        ? [.. OfPlane().Select(set => (set.Name, Rows(set.Points, 2)))]
        : [.. OfPlane().Concat(OfSpace()).Select(set => (set.Name, Rows(set.Points, 3)))];

    private static IEnumerable<(string Name, double[][] Points)> OfPlane()
    {
        yield return ("one point", [[0, 0]]);
        yield return ("two points", [[1, 0], [-1, 0]]);
        yield return ("three points", [[1.2, 0.1], [-0.7, 0.9], [0.3, -1.1]]);
        yield return ("collinear, even", [[-2, 0], [-1, 0], [0, 0], [1, 0], [2, 0]]);
        yield return ("collinear, uneven", [[-1.5, -1.5], [-0.4, -0.4], [0.2, 0.2], [1.7, 1.7]]);
        yield return ("bent by 1 degree", [[-1, 0], [0, 0.0087], [1, 0]]);
        yield return ("triangle", Ring(3, 1, 0));
        yield return ("square", Ring(4, 1, 0));
        yield return ("hexagon", Ring(6, 1, 0.2));
        yield return ("benzene", [.. Ring(6, 1.39, 0), .. Ring(6, 2.48, 0)]);
        yield return ("rectangle", [[1.3, 0.6], [-1.3, 0.6], [-1.3, -0.6], [1.3, -0.6]]);
        yield return ("parallelogram", [[1.3, 0.6], [-0.5, 0.6], [-1.3, -0.6], [0.5, -0.6]]);
        yield return ("water", [[0, 0.1173], [0.7572, -0.4692], [-0.7572, -0.4692]]);
        yield return ("acetylene", [[0, 0.6], [0, -0.6], [0, 1.66], [0, -1.66]]);
        yield return ("coincident pairs", [[1, 0.2], [1, 0.2], [-0.6, 0.7], [-0.6, 0.7], [0.1, -1]]);
        yield return ("all coincident", [[0, 0], [0, 0], [0, 0]]);
        yield return ("generic, 7 points",
            [[0.9, -0.4], [-1.3, 0.8], [0.4, 1.1], [-0.2, -0.9], [1.6, 0.7], [-0.8, -0.3], [0.1, 0.3]]);
    }

    private static IEnumerable<(string Name, double[][] Points)> OfSpace()
    {
        double[] signs = [-1, 1];
        double[][] tetrahedron = [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]];
        yield return ("tetrahedron", tetrahedron);
        yield return ("methane", [[0, 0, 0], .. tetrahedron.Select(p => p.Select(x => 0.63 * x).ToArray())]);
        yield return ("cube", [.. signs.SelectMany(x => signs.SelectMany(y => signs.Select(z => new[] { x, y, z })))]);
        yield return ("octahedron", [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]);
        yield return ("icosahedron", [.. signs.SelectMany(a => signs.SelectMany(b => new[]
        {
            new[] { 0, a, b * Golden }, [a, b * Golden, 0], [b * Golden, 0, a],
        }))]);
        yield return ("prism", [.. Ring(3, 1, 0).Select(p => new[] { p[0], p[1], 0.8 }),
            .. Ring(3, 1, 0).Select(p => new[] { p[0], p[1], -0.8 })]);
        yield return ("ammonia", [[0, 0, 0.3], .. Ring(3, 0.94, 0).Select(p => new[] { p[0], p[1], -0.08 })]);
        yield return ("space, 7 points",
        [
            [0.9, -0.4, 0.3], [-1.3, 0.8, -0.6], [0.4, 1.1, 1.2], [-0.2, -0.9, 0.5], [1.6, 0.7, -0.9],
            [-0.8, -0.3, -0.4], [0.1, 0.3, 0.8],
        ]);
    }

    private static double[][] Ring(int count, double radius, double start) =>
        [.. Enumerable.Range(0, count).Select(i => start + i * 2 * Math.PI / count)
            .Select(angle => new[] { radius * Math.Cos(angle), radius * Math.Sin(angle) })];

    /// <summary>Points of the plane lie at z = 0 in space.</summary>
    private static Tensor Rows(double[][] points, int dimension) => tensor(
        [.. points.SelectMany(p => p.Concat(Enumerable.Repeat(0.0, dimension - p.Length)))], [points.Length, dimension],
        dtype: ScalarType.Float64);
}
