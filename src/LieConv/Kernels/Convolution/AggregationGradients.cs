using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>
/// The gradients of the sums S = Σ_v f(v) ⊗ a_uv with respect to values and kernel, one query at a time. Tasks that
/// share kernel values add them up apart; all is summed in fixed order.
/// </summary>
internal sealed unsafe class AggregationGradients : IDisposable
{
    private readonly ConvolutionShape _shape;
    private readonly float* _values, _kernel, _kernelGradient;
    private readonly ValueGradients _valueGradients;
    private readonly AlignedBuffer? _kernelParts;

    /// <summary>Takes the operands; the values' gradient must be zero at the start.</summary>
    public AggregationGradients(ConvolutionOperands on, float* valuesGradient, float* kernelGradient)
    {
        _shape = on.Shape;
        _values = on.Values;
        _kernel = on.Kernel;
        _kernelGradient = kernelGradient;
        _valueGradients = new ValueGradients(_shape, on.Indices, valuesGradient);
        if (_shape.ItemSlices > 1) _kernelParts = new AlignedBuffer(_shape.ItemSlices * _shape.KernelFloats);
    }

    /// <summary>Where a task adds to the values' gradient; to be asked once for each task.</summary>
    public float* Origin(int index) => _valueGradients.Origin(index);

    /// <summary>Adds what one query contributes.</summary>
    /// <param name="task">The task.</param>
    /// <param name="query">The query's position among those of all geometries.</param>
    /// <param name="sumsGradient">Gradient of S for the task's items, (channels, 16).</param>
    /// <param name="offsets">Floats to each neighbour.</param>
    /// <param name="valuesGradient">What <see cref="Origin"/> gave.</param>
    public void Add(ConvolutionTask task, nint query, float* sumsGradient, nint* offsets, float* valuesGradient)
    {
        var channels = task.Items * _shape.Inputs;
        var pair = query * _shape.Neighbours * GemmTiles.Lanes;
        var ofKernel = _kernelParts is null
            ? _kernelGradient
            : _kernelParts.Pointer + task.ItemSlice * _shape.KernelFloats;
        AggregationTiles.KernelGradient(
            _values + task.Origin(_shape), offsets, sumsGradient, _shape.Neighbours, channels, ofKernel + pair);
        AggregationTiles.AddValueGradient(
            valuesGradient, offsets, _kernel + pair, sumsGradient, _shape.Neighbours, channels);
    }

    /// <summary>Sums what the tasks added.</summary>
    public void Merge(ParallelOptions parallel)
    {
        _valueGradients.Merge(parallel);
        if (_kernelParts is not null)
            Summation.OfParts(
                _kernelParts.Pointer, _shape.KernelFloats, _shape.ItemSlices, _kernelGradient, parallel);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _valueGradients.Dispose();
        _kernelParts?.Dispose();
    }
}
