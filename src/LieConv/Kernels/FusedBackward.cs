namespace LieConv.Kernels;

/// <summary>
/// The convolution's backward pass, which forms the sums S anew instead of keeping them. Tasks own disjoint items,
/// hence disjoint values; what they share (kernel, weights, bias) they add up apart, and the parts are summed in fixed
/// order: the result does not depend on the number of threads.
/// </summary>
internal sealed unsafe class FusedBackward : IDisposable
{
    private readonly ConvolutionShape _shape;
    private readonly float* _values, _kernel, _weights, _scale, _resultGradient, _valuesGradient;
    private readonly long* _indices;
    private readonly AlignedBuffer _kernelParts, _weightParts, _biasParts;

    /// <summary>Takes the operands, all contiguous; the values' gradient must be zero at the start.</summary>
    public FusedBackward(
        ConvolutionShape shape, float* values, float* kernel, long* indices, float* packedWeights, float* scale,
        float* resultGradient, float* valuesGradient)
    {
        _shape = shape;
        _values = values;
        _kernel = kernel;
        _indices = indices;
        _weights = packedWeights;
        _scale = scale;
        _resultGradient = resultGradient;
        _valuesGradient = valuesGradient;
        _kernelParts = new AlignedBuffer(shape.Slices * KernelFloats);
        _weightParts = new AlignedBuffer(Tasks * WeightFloats, clear: true);
        _biasParts = new AlignedBuffer((long)Tasks * shape.PaddedOutputs, clear: true);
    }

    private int Tasks => _shape.Geometries * _shape.Slices;

    private long KernelFloats => (long)_shape.Geometries * _shape.Queries * _shape.Neighbours * GemmTiles.Lanes;

    private long WeightFloats => (long)_shape.SumsPerItem * _shape.PaddedOutputs;

    /// <summary>Computes all gradients.</summary>
    /// <param name="parallel">Threads.</param>
    /// <param name="kernelGradient">Shape (g, m, k, 16).</param>
    /// <param name="weightGradient">Shape (outputs, 16c).</param>
    /// <param name="biasGradient">Shape (outputs).</param>
    public void Run(ParallelOptions parallel, float* kernelGradient, float* weightGradient, float* biasGradient)
    {
        Parallel.For(0, Tasks, parallel, RunTask);
        Add(_kernelParts.Pointer, KernelFloats, _shape.Slices, kernelGradient);
        Add(_weightParts.Pointer, WeightFloats, Tasks, _weightParts.Pointer);
        Add(_biasParts.Pointer, _shape.PaddedOutputs, Tasks, _biasParts.Pointer);
        for (var o = 0; o < _shape.Outputs; o++)
        {
            biasGradient[o] = _biasParts.Pointer[o];
            for (var i = 0; i < _shape.SumsPerItem; i++)
                weightGradient[(nint)o * _shape.SumsPerItem + i] =
                    _weightParts.Pointer[(nint)i * _shape.PaddedOutputs + o];
        }
    }

    private void RunTask(int task)
    {
        var (geometry, slice) = (task / _shape.Slices, task % _shape.Slices);
        var (first, count) = _shape.Slice(slice);
        var rows = ConvolutionShape.QueryBlock * count;
        using var sums = new AlignedBuffer((long)rows * _shape.SumsPerItem);
        using var sumsGradient = new AlignedBuffer((long)rows * _shape.SumsPerItem);
        using var scaled = new AlignedBuffer((long)rows * _shape.PaddedOutputs, clear: true);
        using var offsets = new AlignedBuffer(AlignedBuffer.FloatsFor<nint>(_shape.Neighbours));
        for (var start = 0; start < _shape.Queries; start += ConvolutionShape.QueryBlock)
        {
            var queries = Math.Min(ConvolutionShape.QueryBlock, _shape.Queries - start);
            var query = (nint)geometry * _shape.Queries + start;
            Scale(query, queries, first, count, scaled.Pointer, _biasParts.Pointer + (nint)task * _shape.PaddedOutputs);
            GemmTiles.MultiplyPacked(
                scaled.Pointer, _shape.PaddedOutputs, queries * count, _weights, _shape.Outputs, _shape.Inputs,
                sumsGradient.Pointer, _shape.SumsPerItem);
            for (var q = 0; q < queries; q++)
                Neighbours(geometry, slice, query + q, q, sums.Pointer, sumsGradient.Pointer, (nint*)offsets.Pointer);
            GemmTiles.AddTransposed(
                sums.Pointer, _shape.SumsPerItem, _shape.SumsPerItem, scaled.Pointer, _shape.PaddedOutputs,
                queries * count, GemmTiles.Vectors(_shape.Outputs), _weightParts.Pointer + task * WeightFloats,
                _shape.PaddedOutputs);
        }
    }

    /// <summary>All that needs the neighbours of one query, while their values are in cache.</summary>
    private void Neighbours(
        int geometry, int slice, nint query, int q, float* sums, float* sumsGradient, nint* offsets)
    {
        var (first, count) = _shape.Slice(slice);
        var channels = count * _shape.Inputs;
        var origin = (nint)geometry * _shape.Points * _shape.Items * _shape.Inputs + first * _shape.Inputs;
        var pair = query * _shape.Neighbours;
        var kernel = _kernel + pair * GemmTiles.Lanes;
        var own = (nint)q * channels * GemmTiles.Lanes;
        FusedForward.Offsets(_shape, _indices + pair, offsets);
        AggregationTiles.Forward(_values + origin, offsets, kernel, _shape.Neighbours, channels, sums + own);
        AggregationTiles.KernelGradient(
            _values + origin, offsets, sumsGradient + own, _shape.Neighbours, channels,
            _kernelParts.Pointer + slice * KernelFloats + pair * GemmTiles.Lanes);
        AggregationTiles.AddValueGradient(
            _valuesGradient + origin, offsets, kernel, sumsGradient + own, _shape.Neighbours, channels);
    }

    /// <summary>The result's gradient times the queries' scale, in padded rows; adds to the bias gradient.</summary>
    private void Scale(nint query, int queries, int first, int count, float* scaled, float* biasGradient)
    {
        for (var q = 0; q < queries; q++)
        {
            var scale = _scale is null ? 1 : _scale[query + q];
            for (var item = 0; item < count; item++)
            {
                var source = _resultGradient + ((query + q) * _shape.Items + first + item) * _shape.Outputs;
                var target = scaled + (q * count + item) * _shape.PaddedOutputs;
                for (var o = 0; o < _shape.Outputs; o++)
                {
                    target[o] = source[o] * scale;
                    biasGradient[o] += target[o];
                }
            }
        }
    }

    private static void Add(float* parts, long floats, int count, float* sum)
    {
        for (long i = 0; i < floats; i++)
        {
            var total = parts[i];
            for (var part = 1; part < count; part++) total += parts[part * floats + i];
            sum[i] = total;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kernelParts.Dispose();
        _weightParts.Dispose();
        _biasParts.Dispose();
    }
}
