using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// The product of two matrices, either of them transposed, by <see cref="BlockedProduct"/>. Its gradients are such products
/// again, so that it may be differentiated any number of times.
/// </summary>
internal sealed unsafe class MatrixProduct : CpuOperation<MatrixProduct, Factors>
{
    /// <summary>Multiply-adds from which it gains.</summary>
    private const long FewestMultiplyAdds = 1 << 25;

    /// <summary>Fewest rows and columns of the result, and depth, for which the blocks are worth packing.</summary>
    private const long Fewest = 32;

    /// <summary>Whether x Wᵀ gains by it on this machine.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="weight">Shape (outputs, c).</param>
    public static bool Supports(Tensor x, Tensor weight)
    {
        var (outputs, depth) = (weight.shape[0], weight.shape[1]);
        var rows = x.NumberOfElements / Math.Max(depth, 1);
        return CpuKernels.OutdoLibtorch && CpuKernels.Take(x) && CpuKernels.Take(weight)
            && Math.Min(Math.Min(rows, outputs), depth) >= Fewest && rows * outputs * depth >= FewestMultiplyAdds
            && Math.Max(rows, weight.NumberOfElements) < int.MaxValue / 2
            && Math.Max(x.NumberOfElements, rows * outputs) < Array.MaxLength / sizeof(float);
    }

    /// <summary>x Wᵀ + b.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="weight">Shape (outputs, c).</param>
    /// <param name="bias">Shape (outputs).</param>
    /// <returns>Shape (..., outputs).</returns>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor bias)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Linear(x, weight).add_(bias));
    }

    /// <summary>x Wᵀ.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="weight">Shape (outputs, c).</param>
    /// <returns>Shape (..., outputs).</returns>
    public static Tensor Linear(Tensor x, Tensor weight)
    {
        using var scope = NewDisposeScope();
        var product = Apply(
            new Factor(x.reshape(-1, x.shape[^1])), new Factor(weight, IsTurned: true, IsWeights: true));
        return scope.MoveToOuter(product.view([.. x.shape[..^1], weight.shape[0]]));
    }

    /// <summary>The product A B.</summary>
    public static Tensor Apply(Factor a, Factor b) => Run(new(a, b));

    /// <inheritdoc/>
    protected override OperandTensors Tensors(Factors on) => new([on.A.Matrix, on.B.Matrix], [], []);

    /// <inheritdoc/>
    protected override Factors With(Factors on, Tensor?[] tensors) =>
        new(on.A with { Matrix = tensors[0]! }, on.B with { Matrix = tensors[1]! });

    /// <inheritdoc/>
    protected override Tensor Fast(Factors on) => Compute(on.A, on.B, CpuKernels.Threads);

    /// <inheritdoc/>
    protected override Tensor?[] Gradients(Factors on, Tensor gradient)
    {
        var (a, b, g) = (on.A, on.B, new Factor(gradient));
        var ofA = !IsAsked(a) ? null : a.IsTurned ? Apply(b, g.Turned) : Apply(g, b.Turned);
        var ofB = !IsAsked(b) ? null : b.IsTurned ? Apply(g.Turned, a) : Apply(a.Turned, g);
        return [ofA, ofB];

        static bool IsAsked(Factor factor) =>
            factor.Matrix.requires_grad && !(factor.IsWeights && Derivative.IsOfInputAlone);
    }

    /// <summary>The product without a graph.</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="parallel">Threads.</param>
    internal static Tensor Compute(Factor a, Factor b, ParallelOptions parallel)
    {
        using var scope = NewDisposeScope();
        var (left, right) = (a.Matrix.contiguous(), b.Matrix.contiguous());
        var result = empty([a.Rows, b.Columns], ScalarType.Float32);
        fixed (byte* p = left.bytes, q = right.bytes, r = result.bytes)
            BlockedProduct.Run(
                StridedMatrix.Create((float*)p, left.shape[1], a.IsTurned),
                StridedMatrix.Create((float*)q, right.shape[1], b.IsTurned), (float*)r, (int)a.Rows, (int)b.Columns,
                (int)a.Columns, parallel);
        return scope.MoveToOuter(result);
    }
}
