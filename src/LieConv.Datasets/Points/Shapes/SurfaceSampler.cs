using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LieConv.Randomness;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>
/// Draws points from the surface of a mesh, uniformly by area (Osada, Funkhouser, Chazelle and Dobkin, "Shape
/// distributions", ACM Trans. Graph. 21, 2002, eq. 1). What else the vertices carry is interpolated linearly. Seed and
/// content of the mesh decide which points: the same mesh gives the same points on every machine, and the first ones
/// are those of a smaller number.
/// </summary>
public static class SurfaceSampler
{
    /// <summary>Draws points.</summary>
    /// <param name="shape">The mesh.</param>
    /// <param name="count">How many points, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The points, row-major (count, number of the shape's columns).</returns>
    /// <exception cref="InvalidDataException">The triangles have no area.</exception>
    public static double[] Sample(Shape shape, int count, long seed)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var ends = CumulatedAreas(shape);
        var random = new SplitMix64(SplitMix64.Mix((ulong)seed + SplitMix64.Increment) ^ ContentHash(shape));
        var width = shape.Columns.Count;
        var points = new double[checked(count * width)];
        for (var i = 0; i < count; i++)
        {
            var triangle = Choose(ends, random.NextUnit());
            var root = Math.Sqrt(random.NextUnit());
            var share = random.NextUnit();
            var corners = shape.Triangles.Slice(3 * triangle, 3);
            var (a, b, c) = (corners[0] * width, corners[1] * width, corners[2] * width);
            for (var k = 0; k < width; k++)
                points[i * width + k] = (1 - root) * shape.Rows[a + k]
                    + root * ((1 - share) * shape.Rows[b + k] + share * shape.Rows[c + k]);
        }

        return points;
    }

    // The first triangle whose end lies beyond the place: one without area has no place.
    private static int Choose(double[] ends, double unit)
    {
        var place = unit * ends[^1];
        var (low, high) = (0, ends.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ends[middle] > place) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private static double[] CumulatedAreas(Shape shape)
    {
        var ends = new double[shape.TriangleCount];
        var scale = 1 / Extent(shape);
        var sum = 0.0;
        for (var i = 0; i < ends.Length; i++) ends[i] = sum += Area(shape, shape.Triangles.Slice(3 * i, 3), scale);
        return sum > 0 && double.IsFinite(sum) ? ends : throw new InvalidDataException(
            $"{shape.Name}: its {ends.Length} triangles have no area; expected a surface to draw points from.");
    }

    // Areas relative to the size of the mesh neither vanish nor overflow.
    private static double Extent(Shape shape)
    {
        var width = shape.Columns.Count;
        var extent = 0.0;
        for (var axis = 0; axis < shape.Dimensions; axis++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = axis; i < shape.Rows.Length; i += width)
                (low, high) = (Math.Min(low, shape.Rows[i]), Math.Max(high, shape.Rows[i]));
            extent = Math.Max(extent, high - low);
        }

        return extent;
    }

    private static double Area(Shape shape, ReadOnlySpan<int> corners, double scale)
    {
        Span<double> u = stackalloc double[3];
        Span<double> v = stackalloc double[3];
        u.Clear();
        v.Clear();
        var width = shape.Columns.Count;
        for (var axis = 0; axis < shape.Dimensions; axis++)
        {
            var first = shape.Rows[corners[0] * width + axis];
            u[axis] = (shape.Rows[corners[1] * width + axis] - first) * scale;
            v[axis] = (shape.Rows[corners[2] * width + axis] - first) * scale;
        }

        var (x, y, z) = (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]);
        return Math.Sqrt(x * x + y * y + z * z) / 2;
    }

    private static ulong ContentHash(Shape shape)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(shape.Rows));
        hash.AppendData(MemoryMarshal.AsBytes(shape.Triangles));
        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }
}
