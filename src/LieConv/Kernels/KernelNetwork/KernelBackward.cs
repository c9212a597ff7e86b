using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>
/// The kernel network's backward pass, which forms all values anew. With statistics of the batch a layer's gradient
/// needs sums over all pairs, so there is one pass for each layer and one more; what they hand on is 32 numbers a pair,
/// and where there are not too many pairs the middle layer's deviations, freed at the end.
/// </summary>
internal sealed unsafe class KernelBackward<TActivation, TVector> : IDisposable
    where TActivation : struct, IActivationKernel
    where TVector : struct, IFloats<TVector>
{
    private const int Outputs = KernelUnits.Outputs;
    private const int Last = KernelCall.Layers - 1;
    private const int Middle = Last - 1;

    /// <summary>Floats that one pass hands to the next for each pair.</summary>
    private const int Handed = 2 * Outputs;

    private readonly KernelLayer[] _layers;
    private readonly PairChunks _chunks;
    private readonly ParallelOptions _parallel;
    private readonly float* _relative, _resultGradient, _relativeGradient;
    private readonly PartialSums[] _sums;

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
        Weights = new KernelWeightGradients(layers, chunks.Count);
    }

    /// <summary>With statistics that do not depend on the pairs: one pass.</summary>
    public void Run() => ForEachBlock((block, gradient, chunk) =>
    {
        block.Run<TActivation>(0, Last, withSlopes: true);
        FromResult(block, gradient, chunk);
        for (var layer = Last; layer >= 0; layer--) ThroughLayer(block, layer, gradient, chunk);
    });

    /// <summary>With statistics of the batch.</summary>
    /// <param name="variance">By unit of all layers.</param>
    /// <param name="call">The valid pairs, and whether to keep.</param>
    public void RunOnBatch(ReadOnlySpan<float> variance, KernelCall call)
    {
        using var handed = new AlignedBuffer((long)_chunks.Pairs * Handed);
        using var kept = call.KeepMiddle(_chunks.Pairs);
        var (memory, middle) = (new Rows(handed.Pointer), new Rows(kept is null ? null : kept.Pointer));
        ForEachBlock((block, gradient, chunk) =>
        {
            block.Run<TActivation>(0, Last, withSlopes: true);
            FromResult(block, gradient, chunk);
            block.Scatter(gradient, Outputs, memory.Start, Handed);
            block.Scatter(block.Deviations(Last), Outputs, memory.Start + Outputs, Handed);
            if (middle.Exist) block.Scatter(block.Deviations(Middle), Handed, middle.Start, Handed);
        });
        for (var layer = Last; layer >= 0; layer--)
        {
            var units = _layers[layer].Outputs;
            var total = _sums[layer].Total();
            _layers[layer].FlowThroughStatistics(
                total.AsSpan(0, units), total.AsSpan(units), variance.Slice(KernelCall.Units(layer).Start, units),
                call.Count);
            PassThrough(layer, memory, middle);
        }
    }

    /// <summary>One pass through a layer: reads what the pass before handed on, forms what else the layer needs, and
    /// hands on the gradient before the activation below.</summary>
    private void PassThrough(int layer, Rows memory, Rows middle) => ForEachBlock((block, gradient, chunk) =>
    {
        Prepare(block, layer, middle);
        if (layer == Last)
        {
            block.Gather(memory.Start, Handed, gradient, Outputs);
            block.Gather(memory.Start + Outputs, Handed, block.Deviations(Last), Outputs);
        }
        else
        {
            block.Gather(memory.Start, Handed, gradient, Handed);
        }
        ThroughLayer(block, layer, gradient, chunk);
        if (layer > 0) block.Scatter(gradient, Handed, memory.Start, Handed);
    });

    /// <summary>Brings about a layer's inputs, the slopes below, and its deviations but for the last
    /// layer's.</summary>
    private static void Prepare(KernelBlock<TVector> block, int layer, Rows middle)
    {
        if (layer == Last && middle.Exist)
        {
            block.Gather(middle.Start, Handed, block.Deviations(Middle), Handed);
            block.Activate<TActivation>(Middle, withSlopes: true);
            return;
        }
        block.Run<TActivation>(0, layer - 1, withSlopes: true);
        if (layer == Middle && middle.Exist) block.Gather(middle.Start, Handed, block.Deviations(Middle), Handed);
        else if (layer < Last) block.Deviate(layer);
    }

    /// <summary>The sums of dn, and of dn · deviation, of a layer.</summary>
    public double[] Sums(int layer) => _sums[layer].Total();

    /// <summary>The gradients of the weights.</summary>
    public KernelWeightGradients Weights { get; }

    /// <summary>The gradient before the last activation.</summary>
    private void FromResult(KernelBlock<TVector> block, float* gradient, int chunk)
    {
        block.Gather(_resultGradient, Outputs, gradient, Outputs);
        BeforeActivation(block, Last, gradient, gradient, chunk);
    }

    /// <summary>dn = dy · slope, and its sums.</summary>
    private void BeforeActivation(KernelBlock<TVector> block, int layer, float* from, float* to, int chunk)
    {
        var units = _layers[layer].Outputs;
        var end = block.Count * units;
        float* slopes = block.Slopes(layer), deviations = block.Deviations(layer);
        var own = _sums[layer].Of(chunk);
        for (var u = 0; u < units; u += TVector.Lanes)
        {
            // One reading of a gradient serves three ends: dn, its sum, and its product with the deviation.
            var (sum, product) = (default(TVector), default(TVector));
            for (var i = u; i < end; i += units)
            {
                var dn = TVector.Load(from + i) * TVector.Load(slopes + i);
                dn.Store(to + i);
                sum += dn;
                product = TVector.FusedMultiplyAdd(dn, TVector.Load(deviations + i), product);
            }
            sum.AddTo(own[u..]);
            product.AddTo(own[(units + u)..]);
        }
    }

    /// <summary>From dn of a layer to that of the layer below, or to the coordinates; adds the weights'
    /// gradient.</summary>
    private void ThroughLayer(KernelBlock<TVector> block, int layer, float* gradient, int chunk)
    {
        var on = _layers[layer];
        var below = gradient + block.GradientFloats;
        if (on.HasNorm) BeforeNorm(block, layer, gradient);
        Weights.Add(chunk, block, layer, gradient);
        if (layer == 0 && _relativeGradient is null) return;
        block.Multiply(gradient, on.Outputs, on.Backward, on.Outputs, on.Inputs, below);
        if (layer > 0) BeforeActivation(block, layer - 1, below, gradient, chunk);
        else WriteRelative(block, below);
    }

    /// <summary>dz = dn · scale + deviation · slope + constant.</summary>
    private void BeforeNorm(KernelBlock<TVector> block, int layer, float* gradient)
    {
        var on = _layers[layer];
        var deviations = block.Deviations(layer);
        var (units, end) = (on.Outputs, block.Count * on.Outputs);
        for (var u = 0; u < units; u += TVector.Lanes)
        {
            var (scale, slope) = (TVector.Load(on.Scale + u), TVector.Load(on.Slope + u));
            var constant = TVector.Load(on.Constant + u);
            for (var i = u; i < end; i += units)
            {
                var affine = TVector.FusedMultiplyAdd(TVector.Load(deviations + i), slope, constant);
                TVector.FusedMultiplyAdd(TVector.Load(gradient + i), scale, affine).Store(gradient + i);
            }
        }
    }

    private void WriteRelative(KernelBlock<TVector> block, float* rows)
    {
        var pairs = block.Pairs;
        var inputs = _layers[0].Inputs;
        var stride = GemmTiles.Vectors(inputs) * GemmTiles.Lanes;
        for (var i = 0; i < pairs.Length; i++)
            new ReadOnlySpan<float>(rows + i * stride, inputs)
                .CopyTo(new Span<float>(_relativeGradient + (nint)pairs[i] * inputs, inputs));
    }

    private void ForEachBlock(BlockWork work) =>
        Parallel.For(0, _chunks.Count, _parallel, chunk =>
        {
            using var block = new KernelBlock<TVector>(_layers);
            using var gradient = new AlignedBuffer(2 * block.GradientFloats, clear: true);
            var (next, end) = _chunks.Range(chunk);
            while (block.Fill(_relative, _chunks, ref next, end)) work(block, gradient.Pointer, chunk);
        });

    /// <summary>Memory of all pairs, if there is any.</summary>
    private readonly struct Rows(float* start)
    {
        public float* Start { get; } = start;

        public bool Exist => Start is not null;
    }

    private delegate void BlockWork(KernelBlock<TVector> block, float* gradient, int chunk);

    /// <inheritdoc/>
    public void Dispose() => Weights.Dispose();
}
