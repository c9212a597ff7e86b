using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>
/// The kernel network on all pairs: one pass with known statistics; with those of the batch one more for each layer,
/// since a layer's mean and variance need all pairs. What a pass needs of earlier layers it forms anew, but for the
/// middle layer of not too many pairs.
/// </summary>
internal sealed unsafe class KernelForward<TVector>(
    KernelLayer[] layers, PairChunks chunks, ParallelOptions parallel, float* relative, float* result)
    where TVector : struct, IFloats<TVector>
{
    private const int Outputs = KernelUnits.Outputs;
    private const int Last = KernelCall.Layers - 1;

    private const int Middle = Last - 1;

    /// <summary>Evaluates with the statistics that the layers hold.</summary>
    public void Run<TActivation>()
        where TActivation : struct, IActivationKernel =>
        ForEachBlock((block, _) =>
        {
            block.Run<TActivation>(0, Last, withSlopes: false);
            block.Scatter(block.Values(Last), Outputs, result, Outputs);
        });

    /// <summary>Evaluates with the statistics of the valid pairs, which it returns.</summary>
    /// <param name="call">The valid pairs, and whether to keep.</param>
    /// <param name="mean">By unit of all layers.</param>
    /// <param name="variance">Biased, likewise.</param>
    public void RunOnBatch<TActivation>(KernelCall call, Span<float> mean, Span<float> variance)
        where TActivation : struct, IActivationKernel
    {
        var count = call.Count;
        using var kept = call.KeepMiddle(chunks.Pairs);
        var keptDeviations = kept is null ? null : kept.Pointer;
        float[] toMean = [];
        for (var layer = 0; layer <= Last; layer++)
        {
            var (start, units) = KernelCall.Units(layer);
            var pivot = SetPivot<TActivation>(layer);
            var sums = Sums<TActivation>(layer, keptDeviations, toMean);
            toMean = new float[units];
            for (var u = 0; u < units; u++)
            {
                var shift = sums[u] / Math.Max(count, 1);
                mean[start + u] = count == 0 ? 0 : (float)(pivot[u] + shift);
                variance[start + u] = (float)Math.Max(sums[units + u] / Math.Max(count, 1) - shift * shift, 0);
                toMean[u] = pivot[u] - mean[start + u];
            }
            layers[layer].Normalise(mean.Slice(start, units), variance.Slice(start, units));
        }
        Finish<TActivation>(toMean);
    }

    /// <summary>
    /// Deviations from one of the pairs do not cancel where the mean is large. Without a valid pair there is none to
    /// deviate.
    /// </summary>
    private float[] SetPivot<TActivation>(int layer)
        where TActivation : struct, IActivationKernel
    {
        var pivot = new float[layers[layer].Outputs];
        layers[layer].CentreOn(pivot);
        using var block = new KernelBlock<TVector>(layers);
        var first = chunks.FirstValid();
        if (!block.Fill(relative, chunks, ref first, Math.Min(first + 1, chunks.Pairs))) return pivot;
        block.Run<TActivation>(0, layer - 1, withSlopes: false);
        block.Deviate(layer);
        new Span<float>(block.Deviations(layer), pivot.Length).CopyTo(pivot);
        layers[layer].CentreOn(pivot);
        return pivot;
    }

    /// <summary>Sums of a layer's deviations and of their squares; the last layer's deviations go to the result, those
    /// of the middle one to memory for the pass after.</summary>
    private double[] Sums<TActivation>(int layer, float* kept, float[] toMean)
        where TActivation : struct, IActivationKernel
    {
        var units = layers[layer].Outputs;
        var sums = new PartialSums(chunks.Count, 2 * units);
        ForEachBlock((block, chunk) =>
        {
            if (layer == Last && kept is not null)
            {
                block.Gather(kept, layers[Middle].Outputs, block.Deviations(Middle), layers[Middle].Outputs);
                block.Recentre(Middle, toMean);
                block.Activate<TActivation>(Middle, withSlopes: false);
            }
            else
            {
                block.Run<TActivation>(0, layer - 1, withSlopes: false);
            }
            block.Deviate(layer);
            var z = block.Deviations(layer);
            var end = block.Count * units;
            var own = sums.Of(chunk);
            for (var u = 0; u < units; u += TVector.Lanes)
            {
                // Two chains in registers over 64 pairs at most, in float32; what chunks add up is float64.
                var (sum, square) = (default(TVector), default(TVector));
                for (var i = u; i < end; i += units)
                {
                    var deviation = TVector.Load(z + i);
                    sum += deviation;
                    square = TVector.FusedMultiplyAdd(deviation, deviation, square);
                }
                sum.AddTo(own[u..]);
                square.AddTo(own[(units + u)..]);
            }
            if (layer == Last) block.Scatter(z, units, result, units);
            else if (layer == Middle && kept is not null) block.Scatter(z, units, kept, units);
        });
        return sums.Total();
    }

    /// <summary>Normalises and activates the deviations in the result, which are not yet about the mean.</summary>
    private void Finish<TActivation>(float[] toMean)
        where TActivation : struct, IActivationKernel
    {
        var on = layers[Last];
        Parallel.For(0, chunks.Count, parallel, chunk =>
        {
            fixed (float* offset = toMean)
            for (var (pair, end) = chunks.Range(chunk); pair < end; pair++)
            {
                if (!chunks.IsValid(pair)) continue;
                var y = result + (nint)pair * Outputs;
                for (var u = 0; u < Outputs; u += TVector.Lanes)
                {
                    var deviation = TVector.Load(y + u) + TVector.Load(offset + u);
                    TActivation.Value(TVector.FusedMultiplyAdd(
                        deviation, TVector.Load(on.Scale + u), TVector.Load(on.Shift + u))).Store(y + u);
                }
            }
        });
    }

    private void ForEachBlock(Action<KernelBlock<TVector>, int> work) =>
        Parallel.For(0, chunks.Count, parallel, chunk =>
        {
            using var block = new KernelBlock<TVector>(layers);
            var (next, end) = chunks.Range(chunk);
            while (block.Fill(relative, chunks, ref next, end)) work(block, chunk);
        });
}
