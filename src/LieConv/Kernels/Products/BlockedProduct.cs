using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>
/// C = A · B of any size: blocks of B are packed where a second-level cache keeps them and used by many rows of A. On AMD
/// processors with vectors of sixteen numbers it does the work of libtorch's MKL, which takes kernels for eight there
/// (docs/decisions/003).
/// </summary>
/// <remarks>Every element of C is summed in the same order however the work is divided.</remarks>
internal static unsafe class BlockedProduct
{
    private const int Lanes = GemmTiles.Lanes;

    /// <summary>Columns of B packed at once (256 x 192 floats = 192 kB): four whole panels of <see cref="Panels"/>, and
    /// less than half of the smallest second-level cache of such processors, beside which A and C pass
    /// through.</summary>
    private const int ColumnBlock = 192;

    /// <summary>Rows of B packed at once.</summary>
    private const int DepthBlock = 256;

    /// <summary>Rows of A that one packed block serves at most: packing reads and writes a number once, which so many
    /// multiply-adds with it make small.</summary>
    private const int MostRows = 384;

    /// <summary>Rows below which packing would cost as much as is gained.</summary>
    private const int FewestRows = 48;

    /// <summary>Computes the product.</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="c">Result (rows, columns), contiguous.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="depth">Columns of A.</param>
    /// <param name="parallel">Threads.</param>
    public static void Run(
        StridedMatrix a, StridedMatrix b, float* c, int rows, int columns, int depth, ParallelOptions parallel)
    {
        var columnTasks = Parts(columns, ColumnBlock);
        var rowTasks = Parts(rows, MostRows);
        var wanted = 2 * parallel.MaxDegreeOfParallelism;
        while (rowTasks * columnTasks < wanted && rows / (2 * rowTasks) >= FewestRows) rowTasks *= 2;
        var rowsPerTask = Parts(Parts(rows, rowTasks), 4) * 4;
        Parallel.For(0, rowTasks * columnTasks, parallel, task =>
        {
            var (column, row) = (task / rowTasks * ColumnBlock, task % rowTasks * rowsPerTask);
            if (row >= rows) return;
            Block(
                a.From(row, 0), b.From(0, column), c + (nint)row * columns + column, Math.Min(rowsPerTask, rows - row),
                Math.Min(ColumnBlock, columns - column), depth, columns);
        });
    }

    private static int Parts(int count, int size) => (count + size - 1) / size;

    /// <summary>One block of C, in rows of scratch where its columns do not fill whole vectors.</summary>
    private static void Block(StridedMatrix a, StridedMatrix b, float* c, int rows, int columns, int depth, nint ldc)
    {
        var vectors = GemmTiles.Vectors(columns);
        var isWhole = columns % Lanes == 0;
        var width = isWhole ? ldc : vectors * Lanes;
        using var packed = new AlignedBuffer((long)DepthBlock * vectors * Lanes);
        using var scratch = new AlignedBuffer(isWhole ? 0 : rows * width);
        var target = isWhole ? c : scratch.Pointer;
        // Depth outside: a packed block serves all rows before the next is packed in its place. C is read and written
        // once for each of them, a small part of what its 256 multiply-adds a number take.
        for (var k = 0; k < depth; k += DepthBlock)
        {
            var deep = Math.Min(DepthBlock, depth - k);
            Panels.Pack(b.From(k, 0), deep, columns, packed.Pointer);
            GemmTiles.MultiplyPacked(a.From(0, k), rows, packed.Pointer, deep, vectors, target, width, k > 0);
        }
        if (!isWhole) RowCopy.Run(target, width, c, ldc, rows, columns);
    }
}
