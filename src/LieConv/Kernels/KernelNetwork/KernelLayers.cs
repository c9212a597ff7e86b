using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The layers of one kernel network, between their tensors and <see cref="KernelLayer"/>.</summary>
internal sealed class KernelLayers : IDisposable
{
    /// <summary>Copies the parameters, in the order of <see cref="FusedKernelNetwork.Apply"/>.</summary>
    public KernelLayers(IReadOnlyList<Tensor> parameters, KernelCall call)
    {
        All = new KernelLayer[KernelCall.Layers];
        for (var layer = 0; layer < All.Length; layer++)
        {
            var first = layer * call.TensorsPerLayer;
            All[layer] = new KernelLayer(
                parameters[first], parameters[first + 1], call.HasNorm ? parameters[first + 2] : null,
                call.HasNorm ? parameters[first + 3] : null);
        }
    }

    /// <summary>From the coordinates on.</summary>
    public KernelLayer[] All { get; }

    /// <summary>Normalises by statistics of all layers' units (80).</summary>
    public void Normalise(Tensor mean, Tensor variance)
    {
        var (centre, spread) = (mean.data<float>().ToArray(), variance.data<float>().ToArray());
        for (var layer = 0; layer < All.Length; layer++)
        {
            var (start, units) = KernelCall.Units(layer);
            All[layer].Normalise(centre.AsSpan(start, units), spread.AsSpan(start, units));
        }
    }

    /// <summary>The parameters' gradients, in their order.</summary>
    public IEnumerable<Tensor> Gradients<TActivation, TVector>(
        KernelBackward<TActivation, TVector> backward, KernelCall call)
        where TActivation : struct, IActivationKernel
        where TVector : struct, IFloats<TVector>
    {
        for (var layer = 0; layer < All.Length; layer++)
        {
            var (on, sums) = (All[layer], backward.Sums(layer));
            yield return tensor(backward.Weights.Total(layer), [on.Outputs, on.Inputs]);
            yield return tensor(Enumerable.Range(0, on.Outputs).Select(u => BiasGradient(on, sums, u, call)).ToArray());
            if (!call.HasNorm) continue;
            var products = Enumerable.Range(0, on.Outputs).Select(u => (float)(on.Inverse[u] * sums[on.Outputs + u]));
            yield return tensor(products.ToArray());
            yield return tensor(sums.Take(on.Outputs).Select(sum => (float)sum).ToArray());
        }
    }

    /// <summary>A batch that is centred does not see the bias.</summary>
    private static unsafe float BiasGradient(KernelLayer on, double[] sums, int unit, KernelCall call) =>
        call.OfBatch ? 0 : (float)(on.Scale[unit] * sums[unit]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layer in All) layer.Dispose();
    }
}
