namespace LieConv.Kernels;

/// <summary>The sizes of a fused convolution.</summary>
/// <param name="Geometries">g.</param>
/// <param name="Points">n.</param>
/// <param name="Queries">m.</param>
/// <param name="Neighbours">k.</param>
/// <param name="Items">r, the items that share a geometry.</param>
/// <param name="Inputs">Channels c.</param>
/// <param name="Outputs">Channels of the result.</param>
internal readonly record struct ConvolutionShape(
    int Geometries, int Points, int Queries, int Neighbours, int Items, int Inputs, int Outputs)
{
    /// <summary>
    /// Items that one task works on. Fixed, so that sums have the same order for any number of threads.
    /// </summary>
    private const int ItemsPerSlice = 4;

    /// <summary>Queries worked on together: their sums S fill about half of a second-level cache at most.</summary>
    public const int QueryBlock = 8;

    /// <summary>Slices of the items of one geometry.</summary>
    public int Slices => (Items + ItemsPerSlice - 1) / ItemsPerSlice;

    /// <summary>Numbers in the sums S of one item at one query.</summary>
    public int SumsPerItem => Inputs * GemmTiles.Lanes;

    /// <summary>Columns of a padded result row.</summary>
    public int PaddedOutputs => GemmTiles.Vectors(Outputs) * GemmTiles.Lanes;

    /// <summary>The items of a slice: as equal as can be.</summary>
    public (int First, int Count) Slice(int slice)
    {
        var (size, larger) = (Items / Slices, Items % Slices);
        return (slice * size + Math.Min(slice, larger), size + (slice < larger ? 1 : 0));
    }
}
