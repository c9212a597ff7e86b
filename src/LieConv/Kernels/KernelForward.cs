using System.Runtime.Intrinsics;

namespace LieConv.Kernels;

/// <summary>
/// The kernel network on all pairs: one pass with known statistics; with those of the batch one more for each layer,
/// since a layer's mean and variance need all pairs. What a pass needs of earlier layers it forms anew.
/// </summary>
internal sealed unsafe class KernelForward(
    KernelLayer[] layers, PairChunks chunks, ParallelOptions parallel, float* relative, float* result)
{
    private const int Lanes = GemmTiles.Lanes;
    private const int Last = KernelCall.Layers - 1;

    private static int Width => KernelCall.Units(Last).Count;

    /// <summary>Evaluates with the statistics that the layers hold.</summary>
    public void Run<TActivation>()
        where TActivation : struct, IActivationKernel =>
        ForEachBlock((block, _) =>
        {
            block.Run<TActivation>(Last, activateLast: true, withSlopes: false);
            Write(block, block.Values(Last));
        });

    /// <summary>Evaluates with the statistics of the valid pairs, which it returns.</summary>
    /// <param name="count">Valid pairs.</param>
    /// <param name="mean">By unit of all layers.</param>
    /// <param name="variance">Biased, likewise.</param>
    public void RunOnBatch<TActivation>(long count, Span<float> mean, Span<float> variance)
        where TActivation : struct, IActivationKernel
    {
        var pivot = new float[KernelCall.Units(0).Count];
        for (var layer = 0; layer <= Last; layer++)
        {
            var (start, units) = KernelCall.Units(layer);
            SetPivot<TActivation>(layer, pivot.AsSpan(0, units));
            var sums = Sums<TActivation>(layer);
            for (var u = 0; u < units; u++)
            {
                var shift = sums[u] / Math.Max(count, 1);
                mean[start + u] = count == 0 ? 0 : (float)(pivot[u] + shift);
                variance[start + u] = (float)Math.Max(sums[units + u] / Math.Max(count, 1) - shift * shift, 0);
            }
            layers[layer].Normalise(mean.Slice(start, units), variance.Slice(start, units));
        }
        var rest = new float[Width];
        for (var u = 0; u < Width; u++) rest[u] = pivot[u] - mean[^(Width - u)];
        Finish<TActivation>(rest);
    }

    /// <summary>
    /// Deviations from one of the pairs do not cancel where the mean is large. Without a valid pair there is none to
    /// deviate.
    /// </summary>
    private void SetPivot<TActivation>(int layer, Span<float> pivot)
        where TActivation : struct, IActivationKernel
    {
        pivot.Clear();
        layers[layer].CentreOn(pivot);
        using var block = new KernelBlock(layers);
        var first = chunks.FirstValid();
        if (!block.Fill(relative, chunks, ref first, Math.Min(first + 1, chunks.Pairs))) return;
        block.Run<TActivation>(layer, activateLast: false, withSlopes: false);
        new Span<float>(block.Deviations(layer), pivot.Length).CopyTo(pivot);
        layers[layer].CentreOn(pivot);
    }

    /// <summary>Sums of a layer's deviations and of their squares; the last layer's deviations go to the
    /// result.</summary>
    private double[] Sums<TActivation>(int layer)
        where TActivation : struct, IActivationKernel
    {
        var units = layers[layer].Outputs;
        var sums = new PartialSums(chunks.Count, 2 * units);
        ForEachBlock((block, chunk) =>
        {
            block.Run<TActivation>(layer, activateLast: false, withSlopes: false);
            var z = block.Deviations(layer);
            var own = sums.Of(chunk);
            for (var u = 0; u < units; u += Lanes)
            {
                var (sum, square) = (Vector512<float>.Zero, Vector512<float>.Zero);
                for (var i = u; i < block.Count * units; i += units)
                {
                    var deviation = Vector512.Load(z + i);
                    sum += deviation;
                    square = Vector512.FusedMultiplyAdd(deviation, deviation, square);
                }
                PartialSums.Add(own[u..], sum);
                PartialSums.Add(own[(units + u)..], square);
            }
            if (layer == Last) Write(block, z);
        });
        return sums.Total();
    }

    /// <summary>Normalises and activates the deviations in the result, which lack the rest to the mean.</summary>
    private void Finish<TActivation>(float[] rest)
        where TActivation : struct, IActivationKernel
    {
        var (offset, on) = (Vector512.Create(rest), layers[Last]);
        var (scale, shift) = (Vector512.Load(on.Scale), Vector512.Load(on.Shift));
        Parallel.For(0, chunks.Count, parallel, chunk =>
        {
            var (pair, end) = chunks.Range(chunk);
            for (; pair < end; pair++)
            {
                if (!chunks.IsValid(pair)) continue;
                var y = result + (nint)pair * Lanes;
                TActivation.Value(Vector512.FusedMultiplyAdd(Vector512.Load(y) + offset, scale, shift)).Store(y);
            }
        });
    }

    private void ForEachBlock(Action<KernelBlock, int> work) =>
        Parallel.For(0, chunks.Count, parallel, chunk =>
        {
            using var block = new KernelBlock(layers);
            var (next, end) = chunks.Range(chunk);
            while (block.Fill(relative, chunks, ref next, end)) work(block, chunk);
        });

    private void Write(KernelBlock block, float* rows)
    {
        var pairs = block.Pairs;
        for (var i = 0; i < pairs.Length; i++) Vector512.Load(rows + i * Lanes).Store(result + (nint)pairs[i] * Lanes);
    }
}
