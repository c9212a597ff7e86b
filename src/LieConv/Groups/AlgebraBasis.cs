using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>A basis of a matrix Lie algebra: components to matrices and, by least squares, back.</summary>
/// <remarks>Holds plain numbers, no tensors: it belongs to no dispose scope, dtype or device.</remarks>
internal sealed class AlgebraBasis
{
    private readonly string _owner;
    private readonly double[] _generators;
    private readonly double[] _pseudoInverse;
    private double[] _structure = [];

    /// <param name="owner">The group's name, for messages.</param>
    /// <param name="generators">Generators, shape (d, r, r).</param>
    /// <exception cref="ArgumentException">If the generators are linearly dependent.</exception>
    public AlgebraBasis(string owner, double[,,] generators)
    {
        (_owner, Count, Rows) = (owner, generators.GetLength(0), generators.GetLength(1));
        _generators = [.. generators.Cast<double>()];
        _pseudoInverse = PseudoInverse();
    }

    /// <summary>The number d of generators.</summary>
    public int Count { get; }

    /// <summary>The rows r of the matrices.</summary>
    public int Rows { get; }

    /// <summary>A basis from its non-zero entries.</summary>
    public static AlgebraBasis Sparse(
        string owner, int count, int rows, params (int Generator, int Row, int Column, double Value)[] entries)
    {
        var generators = new double[count, rows, rows];
        foreach (var (generator, row, column, value) in entries) generators[generator, row, column] = value;
        return new AlgebraBasis(owner, generators);
    }

    /// <summary>The generators, shape (d, r, r).</summary>
    public Tensor Generators(ScalarType dtype, Device device) =>
        tensor(_generators, [Count, Rows, Rows], dtype: dtype, device: device);

    /// <summary>The matrices of components (..., d), shape (..., r, r).</summary>
    public Tensor Hat(Tensor tangent)
    {
        Guard.LastDimension(tangent, Count, _owner, nameof(tangent));
        var basis = tensor(_generators, [Count, Rows * Rows], dtype: tangent.dtype, device: tangent.device);
        return tangent.matmul(basis).reshape([.. tangent.shape[..^1], Rows, Rows]);
    }

    /// <summary>The components of matrices (..., r, r), by least squares, shape (..., d).</summary>
    public Tensor Vee(Tensor matrix)
    {
        Guard.SquareMatrix(matrix, Rows, _owner, nameof(matrix));
        var inverse = tensor(_pseudoInverse, [Rows * Rows, Count], dtype: matrix.dtype, device: matrix.device);
        return matrix.reshape([.. matrix.shape[..^2], Rows * Rows]).matmul(inverse);
    }

    /// <summary>The matrices of [a, ·] on components, for a of shape (n, d) in double precision, shape (n, d, d); after
    /// <see cref="CheckClosure"/>.</summary>
    public Tensor Brackets(Tensor tangent)
    {
        var structure = tensor(_structure, [Count, Count * Count], dtype: tangent.dtype, device: tangent.device);
        return tangent.matmul(structure).reshape(tangent.shape[0], Count, Count);
    }

    /// <summary>Requires that the bracket of any two generators is a combination of the generators.</summary>
    /// <exception cref="ArgumentException">Names the pair whose bracket is not.</exception>
    public void CheckClosure()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var basis = Generators(ScalarType.Float64, CPU);
        var (left, right) = (basis.unsqueeze(1), basis.unsqueeze(0));
        var components = Vee(left.matmul(right) - right.matmul(left));                               // (i, j, k)
        _structure = components.transpose(1, 2).contiguous().data<double>().ToArray();               // (i, k, j)
        for (var i = 0; i < Count; i++)
            for (var j = i + 1; j < Count; j++)
            {
                var bracket = basis[i].mm(basis[j]) - basis[j].mm(basis[i]);
                var outside = (bracket - Hat(Vee(bracket))).norm().item<double>();
                if (outside > 1e-9 * (1 + bracket.norm().item<double>()))
                    throw new ArgumentException(
                        $"The generators of {_owner} do not form a Lie algebra: " +
                        $"the bracket of generators {i} and {j} is no combination of them.");
            }
    }

    private double[] PseudoInverse()
    {
        if (Count == 0) return [];
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var basis = tensor(_generators, [Count, Rows * Rows], dtype: ScalarType.Float64);
        var singular = linalg.svdvals(basis).data<double>().ToArray();
        if (Count > Rows * Rows || singular[^1] <= 1e-10 * singular[0])
            throw new ArgumentException(
                $"The {Count} generators of {_owner} are linearly dependent; expected a basis of the Lie algebra.");
        return linalg.pinv(basis).contiguous().data<double>().ToArray();
    }
}
