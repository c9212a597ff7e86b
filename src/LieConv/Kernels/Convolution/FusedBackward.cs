using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>
/// The convolution's backward pass, which forms the sums S anew instead of keeping them. What tasks share they add up
/// apart, and the parts are summed in fixed order: the result does not depend on the number of threads.
/// </summary>
internal sealed unsafe class FusedBackward : IDisposable
{
    private readonly ConvolutionShape _shape;
    private readonly float* _values, _kernel, _weights, _scale, _resultGradient;
    private readonly long* _indices;
    private readonly AggregationGradients _aggregation;
    private readonly AlignedBuffer _weightParts, _biasParts;

    /// <summary>Takes the operands; the values' gradient must be zero at the start.</summary>
    public FusedBackward(
        ConvolutionOperands on, float* resultGradient, float* valuesGradient, float* kernelGradient)
    {
        _shape = on.Shape;
        _values = on.Values;
        _kernel = on.Kernel;
        _indices = on.Indices;
        _weights = on.PackedWeights;
        _scale = on.Scale;
        _resultGradient = resultGradient;
        _aggregation = new AggregationGradients(on, valuesGradient, kernelGradient);
        _weightParts = new AlignedBuffer(_shape.Tasks * WeightFloats, clear: true);
        _biasParts = new AlignedBuffer((long)_shape.Tasks * _shape.PaddedOutputs, clear: true);
    }

    private long WeightFloats => (long)_shape.SumsPerItem * _shape.PaddedOutputs;

    /// <summary>Computes all gradients.</summary>
    /// <param name="parallel">Threads.</param>
    /// <param name="weightGradient">Shape (outputs, 16c).</param>
    /// <param name="biasGradient">Shape (outputs).</param>
    public void Run(ParallelOptions parallel, float* weightGradient, float* biasGradient)
    {
        Parallel.For(0, _shape.Tasks, parallel, Run);
        _aggregation.Merge(parallel);
        Summation.OfParts(_weightParts.Pointer, WeightFloats, _shape.Tasks, _weightParts.Pointer, parallel);
        Summation.OfParts(_biasParts.Pointer, _shape.PaddedOutputs, _shape.Tasks, _biasParts.Pointer, parallel);
        for (var o = 0; o < _shape.Outputs; o++)
        {
            biasGradient[o] = _biasParts.Pointer[o];
            for (var i = 0; i < _shape.SumsPerItem; i++)
                weightGradient[(nint)o * _shape.SumsPerItem + i] =
                    _weightParts.Pointer[(nint)i * _shape.PaddedOutputs + o];
        }
    }

    private void Run(int index)
    {
        var (task, block) = (_shape.Task(index), _shape.QueryBlock);
        var rows = block * task.Items;
        using var sums = new AlignedBuffer((long)rows * _shape.SumsPerItem);
        using var sumsGradient = new AlignedBuffer((long)rows * _shape.SumsPerItem);
        using var scaled = new AlignedBuffer((long)rows * _shape.PaddedOutputs, clear: true);
        using var offsets = new AlignedBuffer(AlignedBuffer.FloatsFor<nint>(_shape.Neighbours));
        var valuesGradient = _aggregation.Origin(index);
        for (var start = 0; start < task.Queries; start += block)
        {
            var queries = Math.Min(block, task.Queries - start);
            // dS first, by one product for the block; then S anew and both gradients of a query while its neighbours'
            // values are in the first-level cache; the weights' gradient last, from all sums of the block.
            Scale(task, start, queries, scaled.Pointer, _biasParts.Pointer + (nint)index * _shape.PaddedOutputs);
            GemmTiles.MultiplyPacked(
                scaled.Pointer, _shape.PaddedOutputs, queries * task.Items, _weights, _shape.Outputs, _shape.Inputs,
                sumsGradient.Pointer, _shape.SumsPerItem);
            for (var q = 0; q < queries; q++)
            {
                var own = (nint)q * task.Items * _shape.SumsPerItem;
                Neighbours(
                    task, task.Query(_shape, start + q), sums.Pointer + own, sumsGradient.Pointer + own,
                    (nint*)offsets.Pointer, valuesGradient);
            }
            GemmTiles.AddTransposed(
                sums.Pointer, _shape.SumsPerItem, _shape.SumsPerItem, scaled.Pointer, _shape.PaddedOutputs,
                queries * task.Items, GemmTiles.Vectors(_shape.Outputs), _weightParts.Pointer + index * WeightFloats,
                _shape.PaddedOutputs);
        }
    }

    /// <summary>All that needs the neighbours of one query, while their values are in cache.</summary>
    private void Neighbours(
        ConvolutionTask task, nint query, float* sums, float* sumsGradient, nint* offsets, float* valuesGradient)
    {
        var pair = query * _shape.Neighbours;
        FusedForward.Offsets(_shape, _indices + pair, offsets);
        AggregationTiles.Forward(
            _values + task.Origin(_shape), offsets, _kernel + pair * GemmTiles.Lanes, _shape.Neighbours,
            task.Items * _shape.Inputs, sums);
        _aggregation.Add(task, query, sumsGradient, offsets, valuesGradient);
    }

    /// <summary>The result's gradient times the queries' scale, in padded rows; adds to the bias gradient.</summary>
    private void Scale(ConvolutionTask task, int start, int queries, float* scaled, float* biasGradient)
    {
        for (var q = 0; q < queries; q++)
        {
            var query = task.Query(_shape, start + q);
            var scale = _scale is null ? 1 : _scale[query];
            for (var item = 0; item < task.Items; item++)
            {
                var source = _resultGradient + (query * _shape.Items + task.FirstItem + item) * _shape.Outputs;
                var target = scaled + (q * task.Items + item) * _shape.PaddedOutputs;
                for (var o = 0; o < _shape.Outputs; o++)
                {
                    target[o] = source[o] * scale;
                    biasGradient[o] += target[o];
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _aggregation.Dispose();
        _weightParts.Dispose();
        _biasParts.Dispose();
    }
}
