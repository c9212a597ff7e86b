using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>
/// Gradients of the kernel network's weights, Σ dz ⊗ x over the pairs: each chunk adds up its own, and the parts are
/// summed in the order of the chunks.
/// </summary>
internal sealed unsafe class KernelWeightGradients : IDisposable
{
    private readonly KernelLayer[] _layers;
    private readonly int _chunks;
    private readonly nint[] _starts = new nint[KernelCall.Layers + 1];
    private readonly AlignedBuffer _parts;

    /// <summary>Starts at zero.</summary>
    public KernelWeightGradients(KernelLayer[] layers, int chunks)
    {
        (_layers, _chunks) = (layers, chunks);
        for (var l = 0; l < layers.Length; l++)
        {
            var inputs = l == 0 ? KernelLayer.StrideFor(layers[l].Inputs) : layers[l].Inputs;
            _starts[l + 1] = _starts[l] + inputs * layers[l].Outputs;
        }
        _parts = new AlignedBuffer(chunks * _starts[^1], clear: true);
    }

    /// <summary>Adds the pairs of a block. The vectors run along the layer's even side: the outputs of the first layer,
    /// the inputs of the others.</summary>
    /// <param name="chunk">The chunk of the block.</param>
    /// <param name="block">Holds the inputs x.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="gradient">dz, shape (pairs, outputs).</param>
    public void Add<TVector>(int chunk, KernelBlock<TVector> block, int layer, float* gradient)
        where TVector : struct, IFloats<TVector>
    {
        var (inputs, outputs) = (_layers[layer].Inputs, _layers[layer].Outputs);
        var own = _parts.Pointer + chunk * _starts[^1] + _starts[layer];
        var x = block.Inputs(layer);
        var stride = block.StrideOfInputs(layer);
        if (layer == 0)
            GemmTiles.AddTransposed(
                x, stride, stride, gradient, outputs, block.Count, GemmTiles.Vectors(outputs), own, outputs);
        else
            GemmTiles.AddTransposed(
                gradient, outputs, outputs, x, stride, block.Count, GemmTiles.Vectors(inputs), own, inputs);
    }

    /// <summary>The gradient of a layer's weight, shape (outputs, inputs).</summary>
    public float[] Total(int layer)
    {
        var (inputs, outputs) = (_layers[layer].Inputs, _layers[layer].Outputs);
        var total = new float[outputs * inputs];
        for (var o = 0; o < outputs; o++)
            for (var i = 0; i < inputs; i++)
            {
                var part = _parts.Pointer + _starts[layer] + (layer == 0 ? i * outputs + o : o * inputs + i);
                var sum = 0.0;
                for (var chunk = 0; chunk < _chunks; chunk++) sum += part[chunk * _starts[^1]];
                total[o * inputs + i] = (float)sum;
            }
        return total;
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();
}
