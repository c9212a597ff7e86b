using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>
/// The convolution's forward pass: for a block of queries and a slice of items the sums S are formed and multiplied by
/// W while they are in cache, so that neither gathered values nor all sums are ever in memory.
/// </summary>
internal sealed unsafe class FusedForward
{
    private readonly ConvolutionShape _shape;
    private readonly float* _values, _kernel, _bias, _scale, _result, _weights;
    private readonly long* _indices;

    /// <summary>Takes the operands and where the result goes.</summary>
    public FusedForward(ConvolutionOperands on, float* result)
    {
        _shape = on.Shape;
        _values = on.Values;
        _kernel = on.Kernel;
        _indices = on.Indices;
        _weights = on.PackedWeights;
        _bias = on.Bias;
        _scale = on.Scale;
        _result = result;
    }

    /// <summary>Computes the whole result.</summary>
    public void Run(ParallelOptions parallel) =>
        Parallel.For(0, _shape.Tasks, parallel, task => Run(_shape.Task(task)));

    private void Run(ConvolutionTask task)
    {
        var (channels, block) = (task.Items * _shape.Inputs, _shape.QueryBlock);
        var rows = block * task.Items;
        using var sums = new AlignedBuffer((long)rows * _shape.SumsPerItem);
        using var products = new AlignedBuffer((long)rows * _shape.PaddedOutputs);
        using var offsets = new AlignedBuffer(AlignedBuffer.FloatsFor<nint>(_shape.Neighbours));
        var values = _values + task.Origin(_shape);
        // A block of queries, then its product: the sums, 16 times as large as values, are read again while they are in
        // the second-level cache, and the weights pass by once for a block and not once for a query.
        for (var start = 0; start < task.Queries; start += block)
        {
            var queries = Math.Min(block, task.Queries - start);
            for (var q = 0; q < queries; q++)
            {
                var pair = task.Query(_shape, start + q) * _shape.Neighbours;
                Offsets(_shape, _indices + pair, (nint*)offsets.Pointer);
                AggregationTiles.Forward(
                    values, (nint*)offsets.Pointer, _kernel + pair * GemmTiles.Lanes, _shape.Neighbours, channels,
                    sums.Pointer + (nint)q * channels * GemmTiles.Lanes);
            }
            GemmTiles.MultiplyPacked(
                sums.Pointer, _shape.SumsPerItem, queries * task.Items, _weights, _shape.SumsPerItem,
                GemmTiles.Vectors(_shape.Outputs), products.Pointer, _shape.PaddedOutputs);
            Write(task, start, queries, products.Pointer);
        }
    }

    /// <summary>Floats from the first point's values to those of each neighbour.</summary>
    public static void Offsets(ConvolutionShape shape, long* indices, nint* offsets)
    {
        for (var j = 0; j < shape.Neighbours; j++) offsets[j] = (nint)indices[j] * shape.PointStride;
    }

    private void Write(ConvolutionTask task, int start, int queries, float* products)
    {
        for (var q = 0; q < queries; q++)
        {
            var query = task.Query(_shape, start + q);
            var scale = _scale is null ? 1 : _scale[query];
            for (var item = 0; item < task.Items; item++)
            {
                var source = products + (q * task.Items + item) * _shape.PaddedOutputs;
                var target = _result + (query * _shape.Items + task.FirstItem + item) * _shape.Outputs;
                for (var o = 0; o < _shape.Outputs; o++) target[o] = (source[o] + _bias[o]) * scale;
            }
        }
    }
}
