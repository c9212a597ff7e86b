using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>
/// The gradient of the values, to which tasks add. Tasks that divide items own what they add to. Tasks that divide
/// queries may reach the same points: each has rows of its own for the range of points that its queries read, and these
/// are summed in fixed order.
/// </summary>
internal sealed unsafe class ValueGradients : IDisposable
{
    /// <summary>Points that one thread sums over at once.</summary>
    private const int PointBlock = 256;

    private readonly ConvolutionShape _shape;
    private readonly long* _indices;
    private readonly float* _target;
    private readonly Part?[] _parts;

    /// <summary>Takes the neighbours (g, m, k) and the result (g, n, r, c), zero at the start.</summary>
    public ValueGradients(ConvolutionShape shape, long* indices, float* target)
    {
        _shape = shape;
        _indices = indices;
        _target = target;
        _parts = new Part?[shape.Tasks];
    }

    private sealed record Part(AlignedBuffer Rows, long First, long Count);

    /// <summary>Where a task adds: its items at its geometry's first point. Only points that its queries read may be
    /// added to.</summary>
    public float* Origin(int index)
    {
        var task = _shape.Task(index);
        if (_shape.QuerySlices == 1) return _target + task.Origin(_shape);
        var (first, last) = Range(task);
        var part = new Part(
            new AlignedBuffer((last - first + 1) * _shape.PointStride, clear: true), first, last - first + 1);
        _parts[index] = part;
        return part.Rows.Pointer - first * _shape.PointStride;
    }

    /// <summary>Sums what the tasks added.</summary>
    public void Merge(ParallelOptions parallel)
    {
        if (_shape.QuerySlices == 1) return;
        var blocks = (_shape.Points + PointBlock - 1) / PointBlock;
        Parallel.For(0, _shape.Geometries * blocks, parallel, index =>
        {
            var (geometry, block) = Math.DivRem(index, blocks);
            long start = block * PointBlock, end = Math.Min(start + PointBlock, _shape.Points);
            for (var slice = 0; slice < _shape.QuerySlices; slice++)
            {
                var part = _parts[geometry * _shape.QuerySlices + slice]!;
                var (first, last) = (Math.Max(start, part.First), Math.Min(end, part.First + part.Count));
                if (first >= last) continue;
                Summation.Add(
                    _target + ((nint)geometry * _shape.Points + (nint)first) * _shape.PointStride,
                    part.Rows.Pointer + (first - part.First) * _shape.PointStride,
                    (int)(last - first) * _shape.PointStride);
            }
        });
    }

    private (long First, long Last) Range(ConvolutionTask task)
    {
        var read = new ReadOnlySpan<long>(
            _indices + task.Query(_shape, 0) * _shape.Neighbours, task.Queries * _shape.Neighbours);
        var (first, last) = (long.MaxValue, 0L);
        foreach (var index in read) (first, last) = (Math.Min(first, index), Math.Max(last, index));
        return (Math.Min(first, last), last);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _parts) part?.Rows.Dispose();
    }
}
