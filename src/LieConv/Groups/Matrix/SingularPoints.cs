using System.Globalization;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Points that more elements of a matrix group fix than others, such as the centre of its rotations. Their lifts
/// are more than those of others, and a section that gives one of them does not turn with the set.</summary>
/// <remarks>The rank of the velocities V of a point is that of its orbit. Where it is ρ, the sum of the principal minors
/// of V Vᵀ of size ρ is positive; from the traces of powers it costs a few products of small matrices. Points for which
/// it is small are decided by singular values.</remarks>
internal static class SingularPoints
{
    /// <summary>Share of what the sum of minors can be, below which singular values decide.</summary>
    private const double Suspicious = 1e-6;

    /// <summary>Singular values below this share of the largest count as 0: less than of <see cref="Stabilizer"/>, since
    /// points may lie far out.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>The first singular point, in words; null where there is none.</summary>
    /// <param name="basis">The group's algebra.</param>
    /// <param name="rank">Dimension ρ of the orbits.</param>
    /// <param name="points">Points (g, n, D), all of them valid.</param>
    public static string? First(AlgebraBasis basis, int rank, Tensor points)
    {
        if (rank == 0) return null;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var x = points.detach().to_type(ScalarType.Float64).flatten(0, 1);
        var velocities = MatrixAction.Velocities(basis.Generators(ScalarType.Float64, x.device), x);      // (m, D, d)
        var square = velocities.matmul(velocities.transpose(-1, -2));
        var trace = Trace(square);
        var suspects = (Minors(square, rank) > trace.pow(Scalars.Of(rank)) * Scalars.Of(Suspicious))
            .logical_and(trace > Scalars.Of(0)).logical_not().logical_and(trace.isfinite()).nonzero().squeeze(1);
        if (suspects.numel() == 0) return null;
        var sizes = linalg.svdvals(velocities.index_select(0, suspects));
        var fixedMore = (sizes.select(-1, rank - 1) > sizes.select(-1, 0) * Scalars.Of(Tolerance)).logical_not()
            .nonzero().squeeze(1);
        if (fixedMore.numel() == 0) return null;
        var point = x[suspects[fixedMore[0]]].cpu().data<double>().ToArray();
        return $"({string.Join(", ", point.Select(c => c.ToString("G6", CultureInfo.InvariantCulture)))})";
    }

    /// <summary>The sum of the principal minors of a size, which is the elementary symmetric polynomial of the eigenvalues,
    /// by Newton's identities.</summary>
    private static Tensor Minors(Tensor square, int size)
    {
        var (power, powers) = (square, new List<Tensor>());
        var minors = new List<Tensor> { ones_like(Trace(square)) };
        for (var k = 1; k <= size; k++)
        {
            powers.Add(Trace(power));
            power = power.matmul(square);
            var sum = Enumerable.Range(1, k)
                .Select(i => minors[k - i] * powers[i - 1] * Scalars.Of(i % 2 == 1 ? 1 : -1))
                .Aggregate((a, b) => a + b);
            minors.Add(sum / Scalars.Of(k));
        }
        return minors[size];
    }

    private static Tensor Trace(Tensor square) => square.diagonal(0, -2, -1).sum(-1);
}
