namespace LieConv.Kernels;

/// <summary>The sizes of a fused convolution, and how its work is divided.</summary>
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
    /// <summary>Items of a geometry from which tasks divide the items; with fewer they divide the queries.</summary>
    public const int FewestItems = 4;

    /// <summary>
    /// Items that one task works on. Fixed, so that sums have the same order for any number of threads.
    /// </summary>
    private const int ItemsPerSlice = 4;

    /// <summary>Tasks wanted: a multiple of the usual numbers of threads, so that none waits for another.</summary>
    private const int WantedTasks = 16;

    /// <summary>Rows that the weights are multiplied with at once: their sums S fill about half of a second-level
    /// cache at most.</summary>
    private const int RowBlock = 32;

    /// <summary>Queries worked on together.</summary>
    public int QueryBlock => Items >= FewestItems ? RowBlock / ItemsPerSlice : RowBlock / Items;

    /// <summary>Slices of the items of one geometry.</summary>
    public int ItemSlices
    {
        get
        {
            if (Items < FewestItems) return 1;
            var slices = (Items + ItemsPerSlice - 1) / ItemsPerSlice;
            return Math.Min(Items, (slices + 3) / 4 * 4);                   // as many for each of two or four threads
        }
    }

    /// <summary>Slices of the queries of one geometry. More than one where few items share it: their tasks then read
    /// the same points.</summary>
    public int QuerySlices => Items >= FewestItems
        ? 1
        : Math.Clamp((WantedTasks + Geometries - 1) / Geometries, 1, Math.Max(1, Queries / QueryBlock));

    /// <summary>Tasks of one pass.</summary>
    public int Tasks => Geometries * ItemSlices * QuerySlices;

    /// <summary>Numbers in the sums S of one item at one query.</summary>
    public int SumsPerItem => Inputs * GemmTiles.Lanes;

    /// <summary>Columns of a padded result row.</summary>
    public int PaddedOutputs => GemmTiles.Vectors(Outputs) * GemmTiles.Lanes;

    /// <summary>Floats from the values of one point to those of the next.</summary>
    public int PointStride => Items * Inputs;

    /// <summary>Kernel values of all pairs.</summary>
    public long KernelFloats => (long)Geometries * Queries * Neighbours * GemmTiles.Lanes;

    /// <summary>What a task works on: slices as equal as can be.</summary>
    public ConvolutionTask Task(int task)
    {
        var (rest, querySlice) = Math.DivRem(task, QuerySlices);
        var (geometry, itemSlice) = Math.DivRem(rest, ItemSlices);
        var (firstItem, items) = Slice(Items, ItemSlices, itemSlice);
        var (firstQuery, queries) = Slice(Queries, QuerySlices, querySlice);
        return new ConvolutionTask(geometry, itemSlice, firstItem, items, firstQuery, queries);
    }

    private static (int First, int Count) Slice(int length, int slices, int slice)
    {
        var (size, larger) = Math.DivRem(length, slices);
        return (slice * size + Math.Min(slice, larger), size + (slice < larger ? 1 : 0));
    }
}
