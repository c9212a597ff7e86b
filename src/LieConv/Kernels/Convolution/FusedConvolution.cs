using System.Runtime.InteropServices;
using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// The convolution of shared geometry as one operation on the CPU in float32: W vec(Σ_j f_j ⊗ a_j) + b, scaled. Where
/// second derivatives are asked for, its backward pass is written in plain tensor operations.
/// </summary>
internal sealed unsafe class FusedConvolution : FusedOperation<FusedConvolution, ConvolutionTensors>
{
    /// <summary>Weights that stay in a second-level cache, in bytes: those that few rows are multiplied with at once
    /// would be read from memory again and again.</summary>
    private const long LargestWeights = 1 << 19;

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
        return Run(new(values, kernel, indices, weight, bias, scale));
    }

    /// <inheritdoc/>
    protected override OperandTensors Tensors(ConvolutionTensors on) =>
        new([on.Values, on.Kernel], [on.Weight, on.Bias], [on.Indices, on.Scale]);

    /// <inheritdoc/>
    protected override ConvolutionTensors With(ConvolutionTensors on, Tensor?[] tensors) =>
        new(tensors[0]!, tensors[1]!, tensors[4]!, tensors[2]!, tensors[3]!, tensors[5]);

    /// <inheritdoc/>
    protected override Tensor Plain(ConvolutionTensors on) =>
        ConvolutionPaths.Plain(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale);

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

    /// <inheritdoc/>
    protected override Tensor Fast(ConvolutionTensors on)
    {
        var (values, kernel, indices, weight, bias, scale) = on.Contiguous;
        var shape = Shape(values, kernel, weight.shape[0]);
        var result = empty([shape.Geometries, shape.Queries, shape.Items, shape.Outputs], dtype: ScalarType.Float32);
        using var packed = new AlignedBuffer(GemmTiles.PackedSize(shape.SumsPerItem, shape.Outputs));
        fixed (byte* v = values.bytes, a = kernel.bytes, i = indices.bytes, w = weight.bytes, b = bias.bytes)
        fixed (byte* s = scale is null ? default : scale.bytes, y = result.bytes)
        {
            Panels.Pack(
                StridedMatrix.Create((float*)w, shape.SumsPerItem, transposed: true), shape.SumsPerItem, shape.Outputs,
                packed.Pointer);
            var memory = new ConvolutionOperands
            {
                Shape = shape, Values = (float*)v, Kernel = (float*)a, Indices = (long*)i,
                PackedWeights = packed.Pointer, Bias = (float*)b, Scale = (float*)s,
            };
            new FusedForward(memory, (float*)y).Run(CpuKernels.Threads);
        }
        return result;
    }

    /// <inheritdoc/>
    protected override Tensor?[] FastGradients(ConvolutionTensors on, Tensor gradient)
    {
        var (values, kernel, indices, weight, _, scale) = on.Contiguous;
        var shape = Shape(values, kernel, weight.shape[0]);
        gradient = gradient.contiguous();
        var (valuesGradient, kernelGradient) = (zeros_like(values), empty_like(kernel));
        var (weightGradient, biasGradient) = (empty_like(weight), empty([shape.Outputs], dtype: ScalarType.Float32));
        using var packed = new AlignedBuffer(GemmTiles.PackedSize(shape.Outputs, shape.SumsPerItem));
        fixed (byte* v = values.bytes, a = kernel.bytes, i = indices.bytes, w = weight.bytes, d = gradient.bytes)
        fixed (byte* s = scale is null ? default : scale.bytes, dv = valuesGradient.bytes, da = kernelGradient.bytes)
        fixed (byte* dw = weightGradient.bytes, db = biasGradient.bytes)
        {
            Panels.Pack(
                StridedMatrix.Create((float*)w, shape.SumsPerItem, transposed: false), shape.Outputs, shape.SumsPerItem,
                packed.Pointer);
            var memory = new ConvolutionOperands
            {
                Shape = shape, Values = (float*)v, Kernel = (float*)a, Indices = (long*)i,
                PackedWeights = packed.Pointer, Scale = (float*)s,
            };
            using var backward = new FusedBackward(memory, (float*)d, (float*)dv, (float*)da);
            backward.Run(CpuKernels.Threads, (float*)dw, (float*)db);
        }
        return [valuesGradient, kernelGradient, weightGradient, biasGradient];
    }
}
