using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>
/// Some 64 valid pairs on their way through the kernel network, in memory that stays in the cache of one core. Padding
/// never enters a block, so that it costs nothing and may hold anything.
/// </summary>
internal sealed unsafe class KernelBlock<TVector> : IDisposable
    where TVector : struct, IFloats<TVector>
{
    private static int Lanes => TVector.Lanes;

    /// <summary>Pairs at most; a multiple of the tiles' rows. Inputs and three times 80 units of so many are 64 kB, in
    /// any second-level cache beside the weights; fewer would read the weights more often for the same work.</summary>
    private const int Capacity = 64;

    private readonly KernelLayer[] _layers;
    private readonly AlignedBuffer _memory;
    private readonly int[] _pairs = new int[Capacity];
    private readonly float* _input;

    /// <summary>Allocates for these layers.</summary>
    public KernelBlock(KernelLayer[] layers)
    {
        _layers = layers;
        InputStride = KernelLayer.StrideFor(layers[0].Inputs);
        _memory = new AlignedBuffer((long)Capacity * (InputStride + 3 * KernelCall.AllUnits), clear: true);
        _input = _memory.Pointer;
    }

    /// <summary>Floats from one pair's inputs to the next: whole tiles of weight gradients, the rest zero.</summary>
    public int InputStride { get; }

    /// <summary>Pairs in the block.</summary>
    public int Count { get; private set; }

    /// <summary>Floats that the gradients of one layer take, at most.</summary>
    public int GradientFloats =>
        Capacity * Math.Max(KernelCall.Units(0).Count, GemmTiles.Vectors(_layers[0].Inputs) * GemmTiles.Lanes);

    /// <summary>Numbers of the pairs.</summary>
    public ReadOnlySpan<int> Pairs => _pairs.AsSpan(0, Count);

    /// <summary>W x + bias - centre by pair.</summary>
    public float* Deviations(int layer) => Section(0, layer);

    /// <summary>Derivatives of the activation by pair.</summary>
    public float* Slopes(int layer) => Section(1, layer);

    /// <summary>What enters a layer: the coordinates, or the values of the one before.</summary>
    public float* Inputs(int layer) => layer == 0 ? _input : Section(2, layer - 1);

    /// <summary>Values of a layer.</summary>
    public float* Values(int layer) => Section(2, layer);

    private float* Section(int kind, int layer) =>
        _input + (nint)Capacity * (InputStride + kind * KernelCall.AllUnits + KernelCall.Units(layer).Start);

    /// <summary>Floats from one pair's inputs of a layer to the next.</summary>
    public int StrideOfInputs(int layer) => layer == 0 ? InputStride : _layers[layer].Inputs;

    /// <summary>Reads the next valid pairs.</summary>
    /// <param name="relative">Coordinates of all pairs.</param>
    /// <param name="chunks">The pairs.</param>
    /// <param name="next">Where to start; moved on.</param>
    /// <param name="end">Where to stop.</param>
    /// <returns>Whether there was one.</returns>
    public bool Fill(float* relative, PairChunks chunks, ref int next, int end)
    {
        Count = 0;
        var inputs = _layers[0].Inputs;
        for (; next < end && Count < Capacity; next++)
        {
            if (!chunks.IsValid(next)) continue;
            float* source = relative + (nint)next * inputs, target = _input + Count * InputStride;
            for (var i = 0; i < inputs; i++) target[i] = source[i];
            _pairs[Count++] = next;
        }
        return Count > 0;
    }

    /// <summary>Copies rows of the block's pairs out of memory of all pairs.</summary>
    /// <param name="memory">Where the first pair's row starts.</param>
    /// <param name="stride">Floats from one pair to the next there.</param>
    /// <param name="rows">The block's rows, contiguous.</param>
    /// <param name="width">Floats of a row, a multiple of a vector.</param>
    public void Gather(float* memory, int stride, float* rows, int width)
    {
        for (var i = 0; i < Count; i++)
            for (var v = 0; v < width; v += Lanes)
                TVector.Load(memory + (nint)_pairs[i] * stride + v).Store(rows + i * width + v);
    }

    /// <summary>The opposite of <see cref="Gather"/>.</summary>
    public void Scatter(float* rows, int width, float* memory, int stride)
    {
        for (var i = 0; i < Count; i++)
            for (var v = 0; v < width; v += Lanes)
                TVector.Load(rows + i * width + v).Store(memory + (nint)_pairs[i] * stride + v);
    }

    /// <summary>Runs layers in full, of which the inputs of the first are there.</summary>
    public void Run<TActivation>(int first, int last, bool withSlopes)
        where TActivation : struct, IActivationKernel
    {
        for (var layer = first; layer <= last; layer++)
        {
            MultiplyInputs(layer);
            // Both in one loop, which the processor overlaps; the deviations are kept for slopes alone.
            var on = _layers[layer];
            float* z = Deviations(layer), value = Values(layer), slope = Slopes(layer);
            var (units, end) = (on.Outputs, Count * on.Outputs);
            for (var u = 0; u < units; u += Lanes)
            {
                var (bias, centre) = (TVector.Load(on.Bias + u), TVector.Load(on.Centre + u));
                var (scale, shift) = (TVector.Load(on.Scale + u), TVector.Load(on.Shift + u));
                if (withSlopes)
                    for (var i = u; i < end; i += units)
                    {
                        var deviation = TVector.Load(z + i) + bias - centre;
                        deviation.Store(z + i);
                        TActivation.Value(TVector.FusedMultiplyAdd(deviation, scale, shift), out var derivative)
                            .Store(value + i);
                        derivative.Store(slope + i);
                    }
                else
                    for (var i = u; i < end; i += units)
                        TActivation.Value(
                            TVector.FusedMultiplyAdd(TVector.Load(z + i) + bias - centre, scale, shift)).Store(value + i);
            }
        }
    }

    /// <summary>Forms a layer's deviations from its inputs.</summary>
    public void Deviate(int layer)
    {
        MultiplyInputs(layer);
        var on = _layers[layer];
        var z = Deviations(layer);
        var (units, end) = (on.Outputs, Count * on.Outputs);
        // Units outside: bias and centre stay in registers for all pairs of the block.
        for (var u = 0; u < units; u += Lanes)
        {
            var (bias, centre) = (TVector.Load(on.Bias + u), TVector.Load(on.Centre + u));
            for (var i = u; i < end; i += units) (TVector.Load(z + i) + bias - centre).Store(z + i);
        }
    }

    private void MultiplyInputs(int layer)
    {
        var on = _layers[layer];
        Multiply(Inputs(layer), StrideOfInputs(layer), on.Forward, on.Inputs, on.Outputs, Deviations(layer));
    }

    /// <summary>Forms a layer's values from its deviations, and the derivatives of its activation.</summary>
    public void Activate<TActivation>(int layer, bool withSlopes)
        where TActivation : struct, IActivationKernel
    {
        var on = _layers[layer];
        float* z = Deviations(layer), value = Values(layer), slope = Slopes(layer);
        var (units, end) = (on.Outputs, Count * on.Outputs);
        for (var u = 0; u < units; u += Lanes)
        {
            var (scale, shift) = (TVector.Load(on.Scale + u), TVector.Load(on.Shift + u));
            for (var i = u; i < end; i += units)
            {
                var n = TVector.FusedMultiplyAdd(TVector.Load(z + i), scale, shift);
                TActivation.Value(n, out var derivative).Store(value + i);
                if (withSlopes) derivative.Store(slope + i);
            }
        }
    }

    /// <summary>Adds to a layer's deviations what changes their centre.</summary>
    public void Recentre(int layer, ReadOnlySpan<float> change)
    {
        fixed (float* terms = change) Recentre(layer, terms);
    }

    private void Recentre(int layer, float* change)
    {
        var units = _layers[layer].Outputs;
        var end = Count * units;
        var z = Deviations(layer);
        for (var u = 0; u < units; u += Lanes)
        {
            var terms = TVector.Load(change + u);
            for (var i = u; i < end; i += units) (TVector.Load(z + i) + terms).Store(z + i);
        }
    }

    /// <summary>C (pairs x columns) = A · B, B in panels; rows beyond the pairs, up to a whole tile, are
    /// arbitrary.</summary>
    public void Multiply(float* a, int stride, float* panels, int depth, int columns, float* c)
    {
        var (vectors, rows) = (GemmTiles.Vectors(columns), (Count + NarrowTiles.TileRows - 1) & -NarrowTiles.TileRows);
        // The last layer has one vector of units, for which GemmTiles has single rows only.
        if (vectors == 1) NarrowTiles.Multiply(a, stride, rows, panels, depth, c, GemmTiles.Lanes);
        else GemmTiles.MultiplyPacked(a, stride, rows, panels, depth, vectors, c, vectors * GemmTiles.Lanes);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
