using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// The sums of the convolution over chosen neighbours, Σ_v f(v) ⊗ a_uv, without gathered copies of the values, on the
/// CPU in float32: for weights so large that their product is better left to one large matrix product. Where second
/// derivatives are asked for, its backward pass is written in plain tensor operations.
/// </summary>
internal sealed unsafe class FusedAggregation : FusedOperation<FusedAggregation, AggregationTensors>
{
    /// <summary>Whether this machine and these operands take the fused path.</summary>
    public static bool Supports(Tensor values, Tensor kernel) =>
        FusedConvolution.IsFast(values, kernel)
        && (long)kernel.shape[0] * kernel.shape[1] * values.shape[2] * values.shape[3] * kernel.shape[3]
            < Array.MaxLength / sizeof(float);

    /// <summary>Sums.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <param name="kernel">Shape (g, m, k, 16).</param>
    /// <param name="indices">Shape (g, m, k).</param>
    /// <returns>Shape (g, m, r, 16c), the channel outside and the kernel unit inside.</returns>
    /// <exception cref="ArgumentException">If an index is not that of a point.</exception>
    public static Tensor Apply(Tensor values, Tensor kernel, Tensor indices)
    {
        FusedConvolution.CheckIndices(indices, values.shape[1]);
        return Run(new(values, kernel, indices));
    }

    /// <inheritdoc/>
    protected override OperandTensors Tensors(AggregationTensors on) => new([on.Values, on.Kernel], [], [on.Indices]);

    /// <inheritdoc/>
    protected override AggregationTensors With(AggregationTensors on, Tensor?[] tensors) =>
        new(tensors[0]!, tensors[1]!, tensors[2]!);

    /// <inheritdoc/>
    protected override Tensor Plain(AggregationTensors on) =>
        Aggregation.OverNeighbours(on.Values, on.Kernel, on.Indices);

    /// <inheritdoc/>
    protected override Tensor Fast(AggregationTensors on)
    {
        var (values, kernel, indices) = on.Contiguous;
        var shape = FusedConvolution.Shape(values, kernel, 1);
        var result = empty([shape.Geometries, shape.Queries, shape.Items, shape.SumsPerItem], ScalarType.Float32);
        fixed (byte* f = values.bytes, a = kernel.bytes, i = indices.bytes, s = result.bytes)
        {
            var (points, weights, neighbours, sums) = ((nint)f, (nint)a, (nint)i, (nint)s);
            Parallel.For(0, shape.Tasks, CpuKernels.Threads, index =>
            {
                var task = shape.Task(index);
                ForEachQuery(shape, task, (long*)neighbours, (query, offsets) => AggregationTiles.Forward(
                    (float*)points + task.Origin(shape), offsets,
                    (float*)weights + query * shape.Neighbours * GemmTiles.Lanes, shape.Neighbours,
                    task.Items * shape.Inputs, (float*)sums + Row(shape, task, query)));
            });
        }
        return result;
    }

    /// <inheritdoc/>
    protected override Tensor?[] FastGradients(AggregationTensors on, Tensor gradient)
    {
        var (values, kernel, indices) = on.Contiguous;
        gradient = gradient.contiguous();
        var shape = FusedConvolution.Shape(values, kernel, 1);
        var (valuesGradient, kernelGradient) = (zeros_like(values), empty_like(kernel));
        fixed (byte* f = values.bytes, a = kernel.bytes, i = indices.bytes, s = gradient.bytes)
        fixed (byte* df = valuesGradient.bytes, da = kernelGradient.bytes)
        {
            var memory = new ConvolutionOperands
            {
                Shape = shape, Values = (float*)f, Kernel = (float*)a, Indices = (long*)i,
            };
            using var gradients = new AggregationGradients(memory, (float*)df, (float*)da);
            var (neighbours, sums) = ((nint)i, (nint)s);
            Parallel.For(0, shape.Tasks, CpuKernels.Threads, index =>
            {
                var task = shape.Task(index);
                var origin = gradients.Origin(index);
                ForEachQuery(shape, task, (long*)neighbours, (query, offsets) =>
                    gradients.Add(task, query, (float*)sums + Row(shape, task, query), offsets, origin));
            });
            gradients.Merge(CpuKernels.Threads);
        }
        return [valuesGradient, kernelGradient];
    }

    /// <summary>What is done at a query, whose neighbours' values are at these offsets.</summary>
    private delegate void QueryWork(nint query, nint* offsets);

    private static void ForEachQuery(ConvolutionShape shape, ConvolutionTask task, long* indices, QueryWork work)
    {
        using var offsets = new AlignedBuffer(AlignedBuffer.FloatsFor<nint>(shape.Neighbours));
        for (var q = 0; q < task.Queries; q++)
        {
            var query = task.Query(shape, q);
            FusedForward.Offsets(shape, indices + query * shape.Neighbours, (nint*)offsets.Pointer);
            work(query, (nint*)offsets.Pointer);
        }
    }

    /// <summary>Floats to the sums of a task's items at a query.</summary>
    private static nint Row(ConvolutionShape shape, ConvolutionTask task, nint query) =>
        (query * shape.Items + task.FirstItem) * shape.SumsPerItem;
}
