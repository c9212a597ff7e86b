using LieConv.Internal;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// The product of two matrices, either of them transposed, by <see cref="BlockedProduct"/>. Its gradients are such products
/// again, so that it may be differentiated any number of times.
/// </summary>
internal sealed unsafe class MatrixProduct : autograd.SingleTensorFunction<MatrixProduct>
{
    /// <summary>Multiply-adds from which it gains. Smaller products in graphs that are differentiated twice gain nothing,
    /// while TorchSharp, which keeps memory of the size of each output of a function of its own, makes them cost a third
    /// more memory.</summary>
    private const long FewestMultiplyAdds = 1 << 28;

    /// <summary>Fewest rows and columns of the result, and depth, for which the blocks are worth packing.</summary>
    private const long Fewest = 32;

    private const string FirstKey = "first";
    private const string SecondKey = "second";

    /// <inheritdoc/>
    public override string Name => nameof(MatrixProduct);

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
        var product = Apply(x.reshape(-1, x.shape[^1]), false, weight, true).add_(bias);
        return scope.MoveToOuter(product.view([.. x.shape[..^1], weight.shape[0]]));
    }

    /// <summary>The product.</summary>
    /// <param name="a">A matrix.</param>
    /// <param name="turnA">Whether its transpose is meant.</param>
    /// <param name="b">A matrix.</param>
    /// <param name="turnB">Whether its transpose is meant.</param>
    public static Tensor Apply(Tensor a, bool turnA, Tensor b, bool turnB) =>
        is_grad_enabled() && (a.requires_grad || b.requires_grad)
            ? apply(a, turnA, b, turnB)
            : Forward(a, turnA, b, turnB);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (a, turnA, b, turnB) = ((Tensor)vars[0], (bool)vars[1], (Tensor)vars[2], (bool)vars[3]);
        ctx.save_data(FirstKey, turnA);
        ctx.save_data(SecondKey, turnB);
        ctx.save_for_backward([a, b]);
        return Forward(a, turnA, b, turnB);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var (saved, turnA, turnB) = (
            ctx.get_saved_variables(), (bool)ctx.get_data(FirstKey), (bool)ctx.get_data(SecondKey));
        var (a, b) = (saved[0], saved[1]);
        var ofA = !a.requires_grad ? null
            : turnA ? Apply(b, turnB, gradient, true) : Apply(gradient, false, b, !turnB);
        var ofB = !b.requires_grad ? null
            : turnB ? Apply(gradient, true, a, turnA) : Apply(a, !turnA, gradient, false);
        return scope.HandOn(gradient, ofA, null, ofB, null);
    }

    private static Tensor Forward(Tensor a, bool turnA, Tensor b, bool turnB)
    {
        using var scope = NewDisposeScope();
        (a, b) = (a.contiguous(), b.contiguous());
        var (rows, depth) = turnA ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1]);
        var columns = turnB ? b.shape[0] : b.shape[1];
        var result = empty([rows, columns], ScalarType.Float32);
        fixed (byte* p = a.bytes, q = b.bytes, r = result.bytes)
            BlockedProduct.Run(
                StridedMatrix.Of((float*)p, a.shape[1], turnA), StridedMatrix.Of((float*)q, b.shape[1], turnB),
                (float*)r, (int)rows, (int)columns, (int)depth, CpuKernels.Threads);
        return scope.MoveToOuter(result);
    }
}
