using System.Runtime.Intrinsics;

namespace LieConv.Kernels;

/// <summary>
/// The kernel network's backward pass, which forms all values anew. With statistics of the batch a layer's gradient
/// needs sums over all pairs, so there is one pass for each layer and one more; what they hand on is 32 numbers a pair,
/// freed at the end.
/// </summary>
internal sealed unsafe class KernelBackward<TActivation> : IDisposable
    where TActivation : struct, IActivationKernel
{
    private const int Lanes = GemmTiles.Lanes;
    private const int Last = KernelCall.Layers - 1;

    /// <summary>Floats that one pass hands to the next for each pair.</summary>
    private const int Handed = 2 * Lanes;

    private readonly KernelLayer[] _layers;
    private readonly PairChunks _chunks;
    private readonly ParallelOptions _parallel;
    private readonly float* _relative, _resultGradient, _relativeGradient;
    private readonly PartialSums[] _sums;
    private readonly AlignedBuffer _weightParts;

    /// <summary>Takes the operands, all contiguous; the coordinates' gradient must be zero at the start, or
    /// null.</summary>
    public KernelBackward(
        KernelLayer[] layers, PairChunks chunks, ParallelOptions parallel, float* relative, float* resultGradient,
        float* relativeGradient)
    {
        _layers = layers;
        _chunks = chunks;
        _parallel = parallel;
        _relative = relative;
        _resultGradient = resultGradient;
        _relativeGradient = relativeGradient;
        _sums = [.. layers.Select(layer => new PartialSums(chunks.Count, 2 * layer.Outputs))];
        _weightParts = new AlignedBuffer(chunks.Count * WeightFloats, clear: true);
    }

    private nint WeightFloats => WeightStart(KernelCall.Layers);

    /// <summary>Where a layer's weight gradients start: (inputs x outputs) of the first, (outputs x inputs) of the
    /// others.</summary>
    private nint WeightStart(int layer)
    {
        nint start = 0;
        for (var l = 0; l < layer; l++)
            start += (l == 0 ? KernelBlock.StrideFor(_layers[l].Inputs) : _layers[l].Inputs) * _layers[l].Outputs;
        return start;
    }

    /// <summary>With statistics that do not depend on the pairs: one pass.</summary>
    public void Run() => ForEachBlock((block, gradient, chunk) =>
    {
        block.Run<TActivation>(Last, activateLast: true, withSlopes: true);
        FromResult(block, gradient, chunk);
        for (var layer = Last; layer >= 0; layer--) ThroughLayer(block, layer, gradient, chunk);
    });

    /// <summary>With statistics of the batch.</summary>
    /// <param name="variance">By unit of all layers.</param>
    /// <param name="count">Valid pairs.</param>
    public void RunOnBatch(ReadOnlySpan<float> variance, long count)
    {
        using var handed = new AlignedBuffer((long)_chunks.Pairs * Handed);
        var memory = handed.Pointer;
        ForEachBlock((block, gradient, chunk) =>
        {
            block.Run<TActivation>(Last, activateLast: true, withSlopes: true);
            FromResult(block, gradient, chunk);
            var pairs = block.Pairs;
            for (var i = 0; i < pairs.Length; i++)
            {
                var target = memory + (nint)pairs[i] * Handed;
                Vector512.Load(gradient + i * Lanes).Store(target);
                Vector512.Load(block.Deviations(Last) + i * Lanes).Store(target + Lanes);
            }
        });
        for (var last = Last; last >= 0; last--)
        {
            var (layer, units) = (last, _layers[last].Outputs);
            var total = _sums[layer].Total();
            _layers[layer].FlowThroughStatistics(
                total.AsSpan(0, units), total.AsSpan(units), variance.Slice(KernelCall.Units(layer).Start, units),
                count);
            ForEachBlock((block, gradient, chunk) =>
            {
                if (layer == Last) block.Run<TActivation>(layer - 1, activateLast: true, withSlopes: true);
                else block.Run<TActivation>(layer, activateLast: false, withSlopes: layer > 0);
                var pairs = block.Pairs;
                for (var i = 0; i < pairs.Length; i++)
                {
                    var source = memory + (nint)pairs[i] * Handed;
                    Vector512.Load(source).Store(gradient + i * units);
                    var second = layer == Last ? block.Deviations(Last) + i * units : gradient + i * units + Lanes;
                    Vector512.Load(source + Lanes).Store(second);
                }
                ThroughLayer(block, layer, gradient, chunk);
                if (layer == 0) return;
                for (var i = 0; i < pairs.Length; i++)
                {
                    var target = memory + (nint)pairs[i] * Handed;
                    Vector512.Load(gradient + i * Handed).Store(target);
                    Vector512.Load(gradient + i * Handed + Lanes).Store(target + Lanes);
                }
            });
        }
    }

    /// <summary>The sums of dn, and of dn · deviation, of a layer.</summary>
    public double[] Sums(int layer) => _sums[layer].Total();

    /// <summary>Writes the gradient of a layer's weight, shape (outputs, inputs).</summary>
    public void WriteWeightGradient(int layer, Span<float> target)
    {
        var (inputs, outputs) = (_layers[layer].Inputs, _layers[layer].Outputs);
        var parts = _weightParts.Pointer + WeightStart(layer);
        for (var o = 0; o < outputs; o++)
            for (var i = 0; i < inputs; i++)
            {
                var position = layer == 0 ? i * outputs + o : o * inputs + i;
                var sum = 0.0;
                for (var chunk = 0; chunk < _chunks.Count; chunk++) sum += parts[chunk * WeightFloats + position];
                target[o * inputs + i] = (float)sum;
            }
    }

    /// <summary>The gradient before the last activation.</summary>
    private void FromResult(KernelBlock block, float* gradient, int chunk)
    {
        var pairs = block.Pairs;
        for (var i = 0; i < pairs.Length; i++)
            Vector512.Load(_resultGradient + (nint)pairs[i] * Lanes).Store(gradient + i * Lanes);
        BeforeActivation(block, Last, gradient, gradient, chunk);
    }

    /// <summary>dn = dy · slope, and its sums.</summary>
    private void BeforeActivation(KernelBlock block, int layer, float* from, float* to, int chunk)
    {
        var units = _layers[layer].Outputs;
        float* slopes = block.Slopes(layer), deviations = block.Deviations(layer);
        var own = _sums[layer].Of(chunk);
        for (var u = 0; u < units; u += Lanes)
        {
            var (sum, product) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var i = u; i < block.Count * units; i += units)
            {
                var dn = Vector512.Load(from + i) * Vector512.Load(slopes + i);
                dn.Store(to + i);
                sum += dn;
                product = Vector512.FusedMultiplyAdd(dn, Vector512.Load(deviations + i), product);
            }
            PartialSums.Add(own[u..], sum);
            PartialSums.Add(own[(units + u)..], product);
        }
    }

    /// <summary>From dn of a layer to that of the layer below, or to the coordinates; adds the weights'
    /// gradient.</summary>
    private void ThroughLayer(KernelBlock block, int layer, float* gradient, int chunk)
    {
        var on = _layers[layer];
        var below = gradient + block.GradientFloats;
        BeforeNorm(block, layer, gradient);
        var weights = _weightParts.Pointer + chunk * WeightFloats + WeightStart(layer);
        var inputs = block.Inputs(layer);
        var stride = block.StrideOfInputs(layer);
        if (layer == 0)
            GemmTiles.AddTransposed(
                inputs, stride, stride, gradient, on.Outputs, block.Count, GemmTiles.Vectors(on.Outputs), weights,
                on.Outputs);
        else
            GemmTiles.AddTransposed(
                gradient, on.Outputs, on.Outputs, inputs, stride, block.Count, GemmTiles.Vectors(on.Inputs), weights,
                on.Inputs);
        if (layer == 0 && _relativeGradient is null) return;
        block.Multiply(gradient, on.Outputs, on.Backward, on.Outputs, on.Inputs, below);
        if (layer > 0) BeforeActivation(block, layer - 1, below, gradient, chunk);
        else WriteRelative(block, below);
    }

    /// <summary>dz = dn · scale + deviation · slope + constant.</summary>
    private void BeforeNorm(KernelBlock block, int layer, float* gradient)
    {
        var on = _layers[layer];
        var deviations = block.Deviations(layer);
        for (var u = 0; u < on.Outputs; u += Lanes)
        {
            var (scale, slope) = (Vector512.Load(on.Scale + u), Vector512.Load(on.Slope + u));
            var constant = Vector512.Load(on.Constant + u);
            for (var i = u; i < block.Count * on.Outputs; i += on.Outputs)
            {
                var affine = Vector512.FusedMultiplyAdd(Vector512.Load(deviations + i), slope, constant);
                Vector512.FusedMultiplyAdd(Vector512.Load(gradient + i), scale, affine).Store(gradient + i);
            }
        }
    }

    private void WriteRelative(KernelBlock block, float* rows)
    {
        var pairs = block.Pairs;
        var inputs = _layers[0].Inputs;
        var stride = GemmTiles.Vectors(inputs) * Lanes;
        for (var i = 0; i < pairs.Length; i++)
            new ReadOnlySpan<float>(rows + i * stride, inputs)
                .CopyTo(new Span<float>(_relativeGradient + (nint)pairs[i] * inputs, inputs));
    }

    private void ForEachBlock(BlockWork work) =>
        Parallel.For(0, _chunks.Count, _parallel, chunk =>
        {
            using var block = new KernelBlock(_layers);
            using var gradient = new AlignedBuffer(2 * block.GradientFloats, clear: true);
            var (next, end) = _chunks.Range(chunk);
            while (block.Fill(_relative, _chunks, ref next, end)) work(block, gradient.Pointer, chunk);
        });

    private delegate void BlockWork(KernelBlock block, float* gradient, int chunk);

    /// <inheritdoc/>
    public void Dispose() => _weightParts.Dispose();
}
