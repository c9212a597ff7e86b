using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The rotations of R^D, with scalings or translations, for dimensions that have no closed forms of their own.
/// </summary>
/// <remarks>Tangents are rotations of the planes (0, 1), (0, 2), ..., (D - 2, D - 1) in this order, each from the first axis
/// towards the second; then the log of the scale, or the translations.</remarks>
internal static class RotationGroups
{
    /// <summary>Rotations about the origin; the distance from it tells the orbit.</summary>
    public static LieGroup SO(int dimension, double alpha) => new MatrixGroup(new MatrixGroupOptions
    {
        Name = FormattableString.Invariant($"SO{dimension}"), PointDim = dimension, Alpha = alpha,
        Generators = Generators(dimension, dimension, 0),
        OrbitDim = 1,
        Orbit = points => Polar.Length(points).unsqueeze(-1),
        Section = points => Turn(points / Polar.Length(points).unsqueeze(-1)),
        Stabilizer = (shape, dtype, device, draws) =>
            Padded(Uniform(dimension - 1, shape, dtype, device, draws), atStart: true),
    });

    /// <summary>Scalings and rotations about the origin.</summary>
    public static LieGroup RxSO(int dimension, double alpha)
    {
        var generators = Generators(dimension, dimension, 1);
        for (var i = 0; i < dimension; i++) generators[Planes(dimension), i, i] = 1;
        return new MatrixGroup(new MatrixGroupOptions
        {
            Name = FormattableString.Invariant($"RxSO{dimension}"), PointDim = dimension, Alpha = alpha,
            Generators = generators,
            Section = points =>
            {
                var radii = Polar.Length(points).unsqueeze(-1);
                return Turn(points / radii) * radii.unsqueeze(-1);
            },
            Stabilizer = (shape, dtype, device, draws) =>
                Padded(Uniform(dimension - 1, shape, dtype, device, draws), atStart: true),
            Motions = dimension == 3 ? new CoordinateMotions([0, 1, 2], [], Scaled: true) : null,
        });
    }

    /// <summary>Rotations and translations.</summary>
    public static LieGroup SE(int dimension, double alpha)
    {
        var generators = Generators(dimension, dimension + 1, dimension);
        for (var i = 0; i < dimension; i++) generators[Planes(dimension) + i, i, dimension] = 1;
        return new MatrixGroup(new MatrixGroupOptions
        {
            Name = FormattableString.Invariant($"SE{dimension}"), PointDim = dimension, Alpha = alpha,
            Generators = generators,
            Section = points => Homogeneous.Matrix(
                eye(dimension, dtype: points.dtype, device: points.device)
                    .expand([.. points.shape[..^1], dimension, dimension]), points),
            Stabilizer = (shape, dtype, device, draws) =>
                Padded(Uniform(dimension, shape, dtype, device, draws), atStart: false),
        });
    }

    private static int Planes(int dimension) => dimension * (dimension - 1) / 2;

    private static double[,,] Generators(int dimension, int rows, int others)
    {
        var generators = new double[Planes(dimension) + others, rows, rows];
        var plane = 0;
        for (var i = 0; i < dimension; i++)
            for (var j = i + 1; j < dimension; j++, plane++)
                (generators[plane, j, i], generators[plane, i, j]) = (1, -1);
        return generators;
    }

    /// <summary>Rotations that carry the first axis e to unit vectors u, (..., D) to (..., D, D).</summary>
    /// <remarks>1 - (e + u)(e + u)ᵀ / (1 + e·u) + 2 u eᵀ turns in the plane of the two. Where u is on the other side, half a
    /// turn F of the plane (0, 1) comes first to it and then back: F times the rotation to F u.</remarks>
    private static Tensor Turn(Tensor u)
    {
        var d = u.shape[^1];
        var half = (u.detach().narrow(-1, 0, 1) < Scalars.Of(0)).to_type(u.dtype) * Scalars.Of(-2) + Scalars.Of(1);
        var flips = cat([half, half, ones_like(half).expand([.. half.shape[..^1], d - 2])], -1);        // (..., D)
        var near = u * flips;
        var first = eye(d, dtype: u.dtype, device: u.device)[0];
        var sum = (near + first).unsqueeze(-1);                                                         // (..., D, 1)
        var cosine = near.narrow(-1, 0, 1).unsqueeze(-1) + Scalars.Of(1);
        var turn = eye(d, dtype: u.dtype, device: u.device) - sum.matmul(sum.transpose(-1, -2)) / cosine +
            near.unsqueeze(-1).matmul(first.unsqueeze(0)) * Scalars.Of(2);
        return turn * flips.unsqueeze(-1);
    }

    /// <summary>Rotations by the uniform (Haar) distribution, shape (shape..., n, n).</summary>
    /// <remarks>The orthogonal factor of normal numbers, with the signs that make it unique (Mezzadri 2007,
    /// arXiv math-ph/0609050), and its first column turned round where it reflects.</remarks>
    internal static Tensor Uniform(int n, long[] shape, ScalarType dtype, Device device, Draws draws)
    {
        var (q, r) = linalg.qr(Normal([.. shape, n, n], device, draws));
        q = q * r.diagonal(0, -2, -1).sign().unsqueeze(-2);
        var signs = linalg.det(q).sign().unsqueeze(-1).unsqueeze(-1);                                   // (..., 1, 1)
        return cat([q.narrow(-1, 0, 1) * signs, q.narrow(-1, 1, n - 1)], -1).to_type(dtype);
    }

    /// <summary>Normal numbers from angles (Box and Muller 1958), in double precision.</summary>
    private static Tensor Normal(long[] shape, Device device, Draws draws)
    {
        var angles = draws.Angles([2, .. shape], ScalarType.Float64, device);
        var uniform = (angles[0] / Scalars.Of(2 * Math.PI)).frac().abs().clamp_min(Scalars.Of(1e-300));
        return (uniform.log() * Scalars.Of(-2)).sqrt() * angles[1].cos();
    }

    /// <summary>Matrices with a 1 before or after all of them on the diagonal.</summary>
    private static Tensor Padded(Tensor matrices, bool atStart) => nn.functional.pad(
            matrices, atStart ? [1L, 0, 1, 0] : [0L, 1, 0, 1]) +
        Corner(matrices, atStart ? 0 : (int)matrices.shape[^1]);

    private static Tensor Corner(Tensor like, int place)
    {
        var rows = like.shape[^1] + 1;
        var corner = zeros([rows, rows], dtype: like.dtype, device: like.device);
        corner[place, place].fill_(Scalars.Of(1));
        return corner;
    }
}
