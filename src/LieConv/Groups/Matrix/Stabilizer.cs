using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>What the generators tell about the elements that fix an origin: how many dimensions they have, whether they
/// are compact, and hence whether they can be drawn uniformly.</summary>
/// <remarks>
/// <para>Their algebra is the kernel of the velocities V at the origin. They lie in a compact group where a positive
/// definite S with Xᵀ S + S X = 0 for all X of the algebra exists. Then tr(S⁻¹ Aᵀ S B) is a scalar product of algebra
/// matrices that the stabilizer keeps.</para>
/// <para>A stabilizer that is not compact has no uniform distribution. Whatever distribution lifts are drawn from then
/// moves with the group, so that no drawn lift is equivariant.</para>
/// <para>Holds plain numbers, no tensors.</para>
/// </remarks>
internal sealed class Stabilizer
{
    /// <summary>Singular values below this share of the largest count as 0.</summary>
    public const double Tolerance = 1e-9;

    private readonly double[] _inverseMetric;
    private readonly int _count;

    /// <param name="basis">The group's algebra.</param>
    /// <param name="pointDim">Dimension D of the points.</param>
    /// <param name="origins">Origins of orbits, shape (n, D) in double precision; none where nothing is known of them.
    /// </param>
    public Stabilizer(AlgebraBasis basis, int pointDim, Tensor origins)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        _count = basis.Count;
        var metric = eye(basis.Rows, dtype: ScalarType.Float64);
        var (isKnown, places) = origins.shape[0] > 0 ? (true, origins) : (false, Generic(pointDim));
        var generators = basis.Generators(ScalarType.Float64, CPU);
        var velocities = MatrixAction.Velocities(generators, places);                                // (n, D, d)
        var (_, sizes, right) = linalg.svd(velocities, fullMatrices: true);
        var ranks = (sizes > sizes.amax([-1L], keepdim: true) * Scalars.Of(Tolerance)).sum(-1);
        Rank = (int)ranks.max().item<long>();
        if (isKnown && Dimension > 0)
        {
            // Origins of lower rank are points such as 0, which larger stabilizers fix.
            var kernels = right.index_select(0, (ranks == Scalars.Of(Rank)).nonzero().squeeze(1))
                .narrow(-2, Rank, Dimension);                                                        // (n, k, d)
            var projectors = kernels.transpose(-1, -2).matmul(kernels);
            IsCommon = (projectors - projectors[0]).abs().max().item<double>() < 1e-7;
            Algebra = kernels[0].contiguous().data<double>().ToArray();
            var forms = Enumerable.Range(0, (int)(IsCommon ? 1 : kernels.shape[0]))
                .Select(i => InvariantForm.Find(basis.Hat(kernels[i]))).ToList();
            IsCompact = forms.All(form => form is not null) ? true : forms.All(form => form is null) ? false : null;
            if (IsCommon && forms[0] is { } form) metric = form;
        }
        var lowered = linalg.inv(metric).matmul(generators.transpose(-1, -2)).matmul(metric);
        _inverseMetric = linalg.inv(einsum("iab,jba->ij", lowered, generators)).contiguous().data<double>().ToArray();
    }

    /// <summary>Dimension ρ of the orbits: that of a generic point where no origin is known.</summary>
    public int Rank { get; }

    /// <summary>Dimension k = d - ρ.</summary>
    public int Dimension => _count - Rank;

    /// <summary>Whether all known origins have the same stabilizer.</summary>
    public bool IsCommon { get; }

    /// <summary>Whether it lies in a compact group; null where no origin is known, origins differ or nothing but a
    /// discrete group fixes them.</summary>
    public bool? IsCompact { get; }

    /// <summary>Components of a basis of its algebra, shape (k, d); empty where unknown.</summary>
    public IReadOnlyList<double> Algebra { get; } = [];

    /// <summary>Applies the inverse of the metric to the rows of matrices (..., d, m).</summary>
    public Tensor Raise(Tensor matrices) =>
        tensor(_inverseMetric, [_count, _count], dtype: matrices.dtype, device: matrices.device).matmul(matrices);

    private static Tensor Generic(int pointDim)
    {
        using var generator = new Generator(1);
        return randn([16, pointDim], dtype: ScalarType.Float64, generator: generator);
    }
}
