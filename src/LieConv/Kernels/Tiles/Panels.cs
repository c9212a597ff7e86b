namespace LieConv.Kernels;

/// <summary>
/// The layout of a factor B for <see cref="GemmTiles"/>: panels of up to three vectors, in each row after row, so that a
/// tile reads it from front to end.
/// </summary>
internal static unsafe class Panels
{
    private const int Lanes = GemmTiles.Lanes;

    /// <summary>Vectors of one panel at most.</summary>
    private const int MostVectors = 3;

    /// <summary>Vectors of the next panel: 3 as long as no single one is left over, which would use the registers
    /// badly.</summary>
    public static int Width(int left) => left is 1 or 2 or 4 ? Math.Min(left, 2) : MostVectors;

    /// <summary>Copies B into panels, its last vector padded with zeros.</summary>
    /// <param name="b">B.</param>
    /// <param name="depth">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="packed">Room for <see cref="GemmTiles.PackedSize"/> floats.</param>
    public static void Pack(StridedMatrix b, int depth, int columns, float* packed)
    {
        var vectors = GemmTiles.Vectors(columns);
        for (int v = 0, width; v < vectors; v += width)
        {
            width = Width(vectors - v);
            var panel = packed + (nint)v * Lanes * depth;
            for (var u = 0; u < width; u++)
            {
                var column = (v + u) * Lanes;
                var (source, count) = (b.From(0, column), Math.Min(Lanes, columns - column));
                if (b.RowStride == 1 && count == Lanes) PackTransposed(source, depth, panel + u * Lanes, width * Lanes);
                else PackRows(source, 0, depth, count, panel + u * Lanes, width * Lanes);
            }
        }
    }

    private static void PackRows(StridedMatrix b, int first, int depth, int columns, float* target, nint stride)
    {
        for (var k = first; k < depth; k++)
        {
            var row = b.Data + k * b.RowStride;
            var own = new Span<float>(target + k * stride, Lanes);
            if (b.ColumnStride == 1) new Span<float>(row, columns).CopyTo(own);
            else for (var j = 0; j < columns; j++) own[j] = row[j * b.ColumnStride];
            own[columns..].Clear();
        }
    }

    /// <summary>Columns that lie one after another: blocks are turned in registers.</summary>
    private static void PackTransposed(StridedMatrix b, int depth, float* target, nint stride)
    {
        var k = 0;
        for (; k + Lanes <= depth; k += Lanes)
            Transposition.Block(b.Data + k, b.ColumnStride, target + k * stride, stride);
        PackRows(b, k, depth, Lanes, target, stride);
    }
}
