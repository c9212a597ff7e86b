namespace LieConv.Kernels;

/// <summary>A matrix in memory, as it lies or transposed.</summary>
/// <param name="data">The first element.</param>
/// <param name="rowStride">Floats from a row to the next.</param>
/// <param name="columnStride">Floats from a column to the next.</param>
internal readonly unsafe struct StridedMatrix(float* data, nint rowStride, nint columnStride)
{
    /// <summary>The first element.</summary>
    public float* Data { get; } = data;

    /// <summary>Floats from a row to the next.</summary>
    public nint RowStride { get; } = rowStride;

    /// <summary>Floats from a column to the next.</summary>
    public nint ColumnStride { get; } = columnStride;

    /// <summary>The matrix of contiguous rows, or its transpose.</summary>
    public static StridedMatrix Create(float* data, long width, bool transposed) =>
        transposed ? new StridedMatrix(data, 1, (nint)width) : new StridedMatrix(data, (nint)width, 1);

    /// <summary>The part that begins at a row and a column.</summary>
    public StridedMatrix From(int row, int column) =>
        new(Data + row * RowStride + column * ColumnStride, RowStride, ColumnStride);
}
