using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// x Wᵀ + b for very many rows and few columns, on the CPU in float32. A library for large matrices copies its operands
/// into panels first, and where one side of the product is as small as 32, a number that was copied is used in few
/// multiply-adds; here the weights alone are copied. Where second derivatives are asked for, the backward pass is
/// written in plain tensor operations.
/// </summary>
internal sealed unsafe class FusedLinear : CpuOperation<FusedLinear, LinearOperands>
{
    /// <summary>Rows from which it is worth it.</summary>
    private const long FewestRows = 1024;

    /// <summary>Weights that stay in a second-level cache beside the rows, in numbers.</summary>
    private const long MostWeights = 1 << 16;

    /// <summary>Whether this machine and these operands take the fused path.</summary>
    public static bool Supports(Tensor x, Tensor weight) =>
        CpuKernels.AreFast && CpuKernels.Take(x) && CpuKernels.Take(weight)
        && weight.NumberOfElements <= MostWeights
        && x.NumberOfElements / x.shape[^1] >= FewestRows && x.NumberOfElements < Array.MaxLength / sizeof(float);

    /// <summary>Multiplies.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="weight">Shape (outputs, c).</param>
    /// <param name="bias">Shape (outputs).</param>
    /// <returns>Shape (..., outputs).</returns>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor bias) => Run(new(x, weight, bias));

    /// <inheritdoc/>
    protected override OperandTensors Tensors(LinearOperands on) => new([on.X], [on.Weight, on.Bias], []);

    /// <inheritdoc/>
    protected override LinearOperands With(LinearOperands on, Tensor?[] tensors) =>
        new(tensors[0]!, tensors[1]!, tensors[2]!);

    /// <inheritdoc/>
    protected override Tensor Fast(LinearOperands on) =>
        Product(on.X.contiguous(), on.Weight.contiguous(), isTurned: true, on.Bias.contiguous());

    /// <inheritdoc/>
    protected override Tensor?[] Gradients(LinearOperands on, Tensor gradient) => is_grad_enabled()
        ? PlainGradients(on.X, on.Weight, gradient)
        : FastGradients(on.X, on.Weight, gradient);

    private static Tensor?[] PlainGradients(Tensor x, Tensor weight, Tensor gradient)
    {
        var ofX = x.requires_grad ? gradient.matmul(weight) : null;
        if (Derivative.IsOfInputAlone) return [ofX, null, null];
        var rows = gradient.flatten(0, -2);
        return [ofX, rows.t().mm(x.flatten(0, -2)), rows.sum([0L])];
    }

    private static Tensor?[] FastGradients(Tensor x, Tensor weight, Tensor gradient)
    {
        var (isXAsked, areWeightsAsked) = (x.requires_grad, !Derivative.IsOfInputAlone);
        (x, weight, gradient) = (x.contiguous(), weight.contiguous(), gradient.contiguous());
        var ofX = isXAsked ? Product(gradient, weight, isTurned: false, null) : null;
        if (!areWeightsAsked) return [ofX, null, null];
        var rows = x.NumberOfElements / weight.shape[1];
        var (ofWeight, ofBias) = (empty_like(weight), empty([weight.shape[0]], ScalarType.Float32));
        fixed (byte* p = x.bytes, g = gradient.bytes, dw = ofWeight.bytes, db = ofBias.bytes)
            LinearTasks.WeightGradient(
                new RowMatrix((float*)p, rows, (int)weight.shape[1]), new RowMatrix((float*)g, rows, (int)weight.shape[0]),
                (float*)dw, (float*)db, CpuKernels.Threads);
        return [ofX, ofWeight, ofBias];
    }

    /// <summary>x W or x Wᵀ, plus b; all contiguous.</summary>
    private static Tensor Product(Tensor x, Tensor weight, bool isTurned, Tensor? bias)
    {
        var width = (int)weight.shape[1];
        var (depth, columns) = isTurned ? (width, (int)weight.shape[0]) : ((int)weight.shape[0], width);
        var result = empty([.. x.shape[..^1], columns], ScalarType.Float32);
        var rows = x.NumberOfElements / depth;
        using var packed = new AlignedBuffer(GemmTiles.PackedSize(depth, columns));
        fixed (byte* p = x.bytes, w = weight.bytes, b = bias is null ? default : bias.bytes, y = result.bytes)
        {
            Panels.Pack(StridedMatrix.Create((float*)w, width, isTurned), depth, columns, packed.Pointer);
            LinearTasks.Multiply(
                new RowMatrix((float*)p, rows, depth), packed.Pointer, (float*)b,
                new RowMatrix((float*)y, rows, columns), CpuKernels.Threads);
        }
        return result;
    }
}
