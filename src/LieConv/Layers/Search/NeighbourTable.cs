using static TorchSharp.torch;

namespace LieConv.Layers.Search;

/// <summary>The neighbours found so far: k numbers for each of g · m queries, of which the first few count.</summary>
internal sealed class NeighbourTable(long sets, long queries, int neighbours)
{
    private readonly long[] _indices = new long[checked(sets * queries * neighbours)];
    private readonly int[] _found = new int[sets * queries];

    /// <summary>k.</summary>
    public int Neighbours => neighbours;

    /// <summary>How many neighbours of a query count.</summary>
    public ref int Found(long set, long query) => ref _found[set * queries + query];

    /// <summary>The k numbers of a query.</summary>
    public Span<long> Row(long set, long query) =>
        _indices.AsSpan((int)((set * queries + query) * neighbours), neighbours);

    /// <summary>Indices and mask, shape (g, m, k).</summary>
    public (Tensor Indices, Tensor Mask) ToTensors(Device device)
    {
        var indices = tensor(_indices, [sets, queries, neighbours], dtype: ScalarType.Int64, device: device);
        var found = tensor(_found, [sets, queries, 1], dtype: ScalarType.Int32, device: device);
        return (indices, arange(neighbours, dtype: ScalarType.Int32, device: device) < found);
    }
}
