namespace LieConv.Kernels;

/// <summary>A matrix whose rows lie one after the other.</summary>
internal readonly unsafe struct RowMatrix(float* pointer, long rows, int columns)
{
    /// <summary>The first row.</summary>
    public float* Pointer { get; } = pointer;

    /// <summary>Rows.</summary>
    public long Rows { get; } = rows;

    /// <summary>Columns.</summary>
    public int Columns { get; } = columns;
}
