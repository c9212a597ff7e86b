using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LieConv.Kernels;

/// <summary>
/// Products of small matrices whose size is known to fit the caches: C (rows x 16·vectors) = or += A · B, in register
/// tiles of 4 rows by up to 3 vectors.
/// </summary>
internal static unsafe class GemmTiles
{
    /// <summary>Floats in a vector.</summary>
    public const int Lanes = 16;

    /// <summary>Depth worked on at once, so that a panel (128 x 48 floats = 24 kB) stays in the first-level
    /// cache.</summary>
    private const int DepthBlock = 128;

    /// <summary>Floats that a packed matrix with this many columns needs.</summary>
    public static long PackedSize(int depth, int columns) => (long)depth * Vectors(columns) * Lanes;

    /// <summary>Vectors that hold this many columns.</summary>
    public static int Vectors(int columns) => (columns + Lanes - 1) / Lanes;

    /// <summary>C = A · B with B in panels of <see cref="Panels.Pack"/>; A's element (i, k) at i·rowStride + k.</summary>
    public static void MultiplyPacked(
        float* a, nint rowStride, int rows, float* packed, int depth, int vectors, float* c, nint ldc) =>
        MultiplyPacked(new StridedMatrix(a, rowStride, 1), rows, packed, depth, vectors, c, ldc, add: false);

    /// <summary>C = or += A · B with B in panels.</summary>
    public static void MultiplyPacked(
        StridedMatrix a, int rows, float* packed, int depth, int vectors, float* c, nint ldc, bool add)
    {
        for (int v = 0, width; v < vectors; v += width)
        {
            width = Panels.Width(vectors - v);
            var panel = packed + (nint)v * Lanes * depth;
            // A part of the panel stays in the first-level cache while all rows pass by it; then the next part.
            for (var k = 0; k < depth; k += DepthBlock)
                Panel(a.Data + k * a.ColumnStride, a.RowStride, a.ColumnStride, rows, panel + (nint)k * width * Lanes,
                    width * Lanes, Math.Min(DepthBlock, depth - k), width, c + v * Lanes, ldc, add || k > 0);
        }
    }

    /// <summary>C += A · B with B in rows of ldb floats; A's element (i, k) at i + k·depthStride.</summary>
    public static void AddTransposed(
        float* a, nint depthStride, int rows, float* b, nint ldb, int depth, int vectors, float* c, nint ldc)
    {
        for (int v = 0, width; v < vectors; v += width)
        {
            width = Panels.Width(vectors - v);
            Panel(a, 1, depthStride, rows, b + v * Lanes, ldb, depth, width, c + v * Lanes, ldc, true);
        }
    }

    private static void Panel(
        float* a, nint rowStride, nint depthStride, int rows, float* b, nint ldb, int depth, int width,
        float* c, nint ldc, bool add)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            GemmTiles256.Panel(a, rowStride, depthStride, rows, b, ldb, depth, width * Lanes, c, ldc, add);
            return;
        }
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            float* ar = a + row * rowStride, cr = c + row * ldc;
            if (width == 3) Tile4X3(ar, rowStride, depthStride, b, ldb, depth, cr, ldc, add);
            else if (width == 2) Tile4X2(ar, rowStride, depthStride, b, ldb, depth, cr, ldc, add);
            else for (var i = 0; i < 4; i++) Row(ar + i * rowStride, depthStride, b, ldb, depth, 1, cr + i * ldc, add);
        }
        for (; row < rows; row++) Row(a + row * rowStride, depthStride, b, ldb, depth, width, c + row * ldc, add);
    }

    // Why 4 x 3. A multiply-add takes 4 cycles and two may start in each: fewer than 8 sums that do not depend on each
    // other leave multipliers idle, and 12 do not. With 3 vectors of B and one number of A they fill the 16 registers
    // that processors with vectors of eight have; those with 32 take the same tile, so that the order of sums is one. A
    // step of depth reads 3 vectors and 4 numbers for 12 multiply-adds: less than the two reads a cycle that a core can
    // do.
    private static void Tile4X3(
        float* a, nint rowStride, nint depthStride, float* b, nint ldb, int depth, float* c, nint ldc, bool add)
    {
        float* a1 = a + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride;
        Vector512<float> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector512<float> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (var k = 0; k < depth; k++)
        {
            var (b0, b1, b2) = (Vector512.Load(b), Vector512.Load(b + Lanes), Vector512.Load(b + 2 * Lanes));
            // One number of A at a time, in one register: the next is read while these three are under way.
            var x = Vector512.Create(*a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector512.FusedMultiplyAdd(x, b2, c02);
            x = Vector512.Create(*a1);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector512.FusedMultiplyAdd(x, b2, c12);
            x = Vector512.Create(*a2);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector512.FusedMultiplyAdd(x, b2, c22);
            x = Vector512.Create(*a3);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector512.FusedMultiplyAdd(x, b2, c32);
            a += depthStride;
            a1 += depthStride;
            a2 += depthStride;
            a3 += depthStride;
            b += ldb;
        }
        Store(c, c00, c01, c02, add);
        Store(c + ldc, c10, c11, c12, add);
        Store(c + 2 * ldc, c20, c21, c22, add);
        Store(c + 3 * ldc, c30, c31, c32, add);
    }

    // For 2 or 4 vectors that are left: 8 sums, just as many as keep the multipliers busy.
    private static void Tile4X2(
        float* a, nint rowStride, nint depthStride, float* b, nint ldb, int depth, float* c, nint ldc, bool add)
    {
        float* a1 = a + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride;
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default, c30 = default, c31 = default;
        for (var k = 0; k < depth; k++)
        {
            var (b0, b1) = (Vector512.Load(b), Vector512.Load(b + Lanes));
            var x = Vector512.Create(*a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(*a1);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(*a2);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(*a3);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            a += depthStride;
            a1 += depthStride;
            a2 += depthStride;
            a3 += depthStride;
            b += ldb;
        }
        Store(c, c00, c01, add);
        Store(c + ldc, c10, c11, add);
        Store(c + 2 * ldc, c20, c21, add);
        Store(c + 3 * ldc, c30, c31, add);
    }

    /// <summary>One row, for the rest of a tile: a single chain of sums, which waits for each multiply-add. There are
    /// three such rows at most, so that a tile of their own would not be felt.</summary>
    private static void Row(
        float* a, nint depthStride, float* b, nint ldb, int depth, int width, float* c, bool add)
    {
        for (var v = 0; v < width; v++)
        {
            var sum = add ? Vector512.Load(c + v * Lanes) : default;
            float* x = a, y = b + v * Lanes;
            for (var k = 0; k < depth; k++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(*x), Vector512.Load(y), sum);
                x += depthStride;
                y += ldb;
            }
            sum.Store(c + v * Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> x, Vector512<float> y, bool add)
    {
        (add ? x + Vector512.Load(c) : x).Store(c);
        (add ? y + Vector512.Load(c + Lanes) : y).Store(c + Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> x, Vector512<float> y, Vector512<float> z, bool add)
    {
        Store(c, x, y, add);
        (add ? z + Vector512.Load(c + 2 * Lanes) : z).Store(c + 2 * Lanes);
    }
}
