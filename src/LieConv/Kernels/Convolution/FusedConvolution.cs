using System.Runtime.InteropServices;
using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// The convolution of shared geometry as one operation on the CPU in float32: W vec(Σ_j f_j ⊗ a_j) + b, scaled. Where
/// second derivatives are asked for, its backward pass is written in plain tensor operations.
/// </summary>
internal sealed unsafe class FusedConvolution : autograd.SingleTensorFunction<FusedConvolution>
{
    /// <summary>Weights that stay in a second-level cache, in bytes: those that few rows are multiplied with at once
    /// would be read from memory again and again.</summary>
    private const long LargestWeights = 1 << 19;

    private const string HasScale = "scale";

    /// <inheritdoc/>
    public override string Name => nameof(FusedConvolution);

    /// <summary>Whether this machine and these operands take the fused path.</summary>
    public static bool Supports(Tensor values, Tensor kernel, Tensor weight) =>
        IsFast(values, kernel) && CpuKernels.Take(weight)
        && (values.shape[2] >= ConvolutionShape.FewestItems || weight.NumberOfElements * sizeof(float) <= LargestWeights);

    /// <summary>Whether sums over neighbours have kernels of their own for this machine and these operands.</summary>
    public static bool IsFast(Tensor values, Tensor kernel) =>
        CpuKernels.AreFast && CpuKernels.Take(values) && CpuKernels.Take(kernel);

    /// <summary>Convolves.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <param name="kernel">Kernel values, shape (g, m, k, 16).</param>
    /// <param name="indices">Neighbours, shape (g, m, k).</param>
    /// <param name="weight">Shape (outputs, 16c).</param>
    /// <param name="bias">Shape (outputs).</param>
    /// <param name="scale">Factors of the queries without derivative, (g, m); null for 1.</param>
    /// <returns>Shape (g, m, r, outputs).</returns>
    /// <exception cref="ArgumentException">If an index is not that of a point: the kernels do not look
    /// again.</exception>
    public static Tensor Apply(
        Tensor values, Tensor kernel, Tensor indices, Tensor weight, Tensor bias, Tensor? scale)
    {
        CheckIndices(indices, values.shape[1]);
        var needsGraph = is_grad_enabled()
            && (values.requires_grad || kernel.requires_grad || weight.requires_grad || bias.requires_grad);
        return needsGraph
            ? apply(values, kernel, indices, weight, bias, scale!)
            : Forward(values, kernel, indices, weight, bias, scale);
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var operands = vars.Select(v => (Tensor?)v).ToList();
        ctx.save_data(HasScale, operands[5] is not null);
        ctx.save_for_backward([.. operands.Where(o => o is not null).Select(o => o!)]);
        return Forward(operands[0]!, operands[1]!, operands[2]!, operands[3]!, operands[4]!, operands[5]);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var scale = (bool)ctx.get_data(HasScale) ? saved[5] : null;
        var gradients = is_grad_enabled()
            ? PlainGradients(saved, scale, gradient)
            : Backward(saved[0], saved[1], saved[2], saved[3], scale, gradient);
        return scope.HandOn(gradient, gradients[0], gradients[1], null, gradients[2], gradients[3], null);
    }

    private static Tensor?[] PlainGradients(List<Tensor> saved, Tensor? scale, Tensor gradient) =>
        Derivative.WhereRequired(
            at => ConvolutionPaths.Plain(at[0], at[1], saved[2], at[2], at[3], scale), gradient,
            [saved[0], saved[1]], saved[3], saved[4]);

    /// <summary>Requires neighbours that are points: the kernels do not look again.</summary>
    internal static void CheckIndices(Tensor indices, long points)
    {
        using var contiguous = indices.contiguous();
        foreach (var index in MemoryMarshal.Cast<byte, long>(contiguous.bytes))
            if ((ulong)index >= (ulong)points)
                throw new ArgumentException(
                    $"The neighbourhood names the point {index}; expected numbers from 0 to {points - 1}.",
                    nameof(indices));
    }

    /// <summary>The sizes of values (g, n, r, c) and a kernel (g, m, k, 16).</summary>
    internal static ConvolutionShape Shape(Tensor values, Tensor kernel, long outputs) => new(
        (int)values.shape[0], (int)values.shape[1], (int)kernel.shape[1], (int)kernel.shape[2], (int)values.shape[2],
        (int)values.shape[3], (int)outputs);

    private static Tensor Forward(
        Tensor values, Tensor kernel, Tensor indices, Tensor weight, Tensor bias, Tensor? scale)
    {
        var shape = Shape(values, kernel, weight.shape[0]);
        using var scope = NewDisposeScope();
        (values, kernel, indices) = (values.contiguous(), kernel.contiguous(), indices.contiguous());
        (weight, bias, scale) = (weight.contiguous(), bias.contiguous(), scale?.contiguous());
        var result = empty([shape.Geometries, shape.Queries, shape.Items, shape.Outputs], dtype: ScalarType.Float32);
        using var packed = new AlignedBuffer(GemmTiles.PackedSize(shape.SumsPerItem, shape.Outputs));
        fixed (byte* v = values.bytes, a = kernel.bytes, i = indices.bytes, w = weight.bytes, b = bias.bytes)
        fixed (byte* s = scale is null ? default : scale.bytes, y = result.bytes)
        {
            Panels.Pack(
                StridedMatrix.Of((float*)w, shape.SumsPerItem, transposed: true), shape.SumsPerItem, shape.Outputs,
                packed.Pointer);
            new FusedForward(
                shape, (float*)v, (float*)a, (long*)i, packed.Pointer, (float*)b, (float*)s, (float*)y)
                .Run(CpuKernels.Threads);
        }
        return scope.MoveToOuter(result);
    }

    private static Tensor[] Backward(
        Tensor values, Tensor kernel, Tensor indices, Tensor weight, Tensor? scale, Tensor gradient)
    {
        var shape = Shape(values, kernel, weight.shape[0]);
        (values, kernel, indices) = (values.contiguous(), kernel.contiguous(), indices.contiguous());
        (weight, scale, gradient) = (weight.contiguous(), scale?.contiguous(), gradient.contiguous());
        var (valuesGradient, kernelGradient) = (zeros_like(values), empty_like(kernel));
        var (weightGradient, biasGradient) = (empty_like(weight), empty([shape.Outputs], dtype: ScalarType.Float32));
        using var packed = new AlignedBuffer(GemmTiles.PackedSize(shape.Outputs, shape.SumsPerItem));
        fixed (byte* v = values.bytes, a = kernel.bytes, i = indices.bytes, w = weight.bytes, d = gradient.bytes)
        fixed (byte* s = scale is null ? default : scale.bytes, dv = valuesGradient.bytes, da = kernelGradient.bytes)
        fixed (byte* dw = weightGradient.bytes, db = biasGradient.bytes)
        {
            Panels.Pack(
                StridedMatrix.Of((float*)w, shape.SumsPerItem, transposed: false), shape.Outputs, shape.SumsPerItem,
                packed.Pointer);
            using var backward = new FusedBackward(
                shape, (float*)v, (float*)a, (long*)i, packed.Pointer, (float*)s, (float*)d, (float*)dv,
                (float*)da);
            backward.Run(CpuKernels.Threads, (float*)dw, (float*)db);
        }
        return [valuesGradient, kernelGradient, weightGradient, biasGradient];
    }
}
