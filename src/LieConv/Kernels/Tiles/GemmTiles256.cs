using System.Runtime.Intrinsics;

namespace LieConv.Kernels;

/// <summary>The register tiles of <see cref="GemmTiles"/> on processors with vectors of eight numbers: 4 rows by 2 or 3
/// of them.</summary>
/// <remarks>Not written once with <see cref="GemmTiles"/> for any vector, which costs a sixth here
/// (docs/decisions/002).</remarks>
internal static unsafe class GemmTiles256
{
    private const int Lanes = 8;

    /// <summary>C = or += A · B for some rows; the arguments are those of <see cref="GemmTiles"/>.</summary>
    /// <param name="a">Element (i, k) at i·rowStride + k·depthStride.</param>
    /// <param name="rowStride">Floats between rows of A.</param>
    /// <param name="depthStride">Floats between columns of A.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="b">Rows of ldb floats.</param>
    /// <param name="ldb">Floats between rows of B.</param>
    /// <param name="depth">Rows of B.</param>
    /// <param name="columns">Columns of B and C, a multiple of 8.</param>
    /// <param name="c">Rows of ldc floats.</param>
    /// <param name="ldc">Floats between rows of C.</param>
    /// <param name="add">Whether the product is added to C.</param>
    public static void Panel(
        float* a, nint rowStride, nint depthStride, int rows, float* b, nint ldb, int depth, int columns,
        float* c, nint ldc, bool add)
    {
        for (int column = 0, width; column < columns; column += width * Lanes)
        {
            width = Panels.Width((columns - column) / Lanes);
            float* bc = b + column, cc = c + column;
            var row = 0;
            if (width > 1)
                for (; row + 4 <= rows; row += 4)
                {
                    float* ar = a + row * rowStride, cr = cc + row * ldc;
                    if (width == 3) Tile4X3(ar, rowStride, depthStride, bc, ldb, depth, cr, ldc, add);
                    else Tile4X2(ar, rowStride, depthStride, bc, ldb, depth, cr, ldc, add);
                }
            // What is left of rows, one chain at a time; columns come in pairs of vectors, so that none is left.
            for (; row < rows; row++)
                for (var v = 0; v < width; v++)
                    Row(a + row * rowStride, depthStride, bc + v * Lanes, ldb, depth, cc + row * ldc + v * Lanes, add);
        }
    }

    // 12 sums, 3 vectors of B and one number of A: all of the 16 registers there are (see GemmTiles for the 12).
    private static void Tile4X3(
        float* a, nint rowStride, nint depthStride, float* b, nint ldb, int depth, float* c, nint ldc, bool add)
    {
        float* a1 = a + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride;
        Vector256<float> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector256<float> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (var k = 0; k < depth; k++)
        {
            var (b0, b1, b2) = (Vector256.Load(b), Vector256.Load(b + Lanes), Vector256.Load(b + 2 * Lanes));
            var x = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector256.FusedMultiplyAdd(x, b2, c02);
            x = Vector256.Create(*a1);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector256.FusedMultiplyAdd(x, b2, c12);
            x = Vector256.Create(*a2);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector256.FusedMultiplyAdd(x, b2, c22);
            x = Vector256.Create(*a3);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector256.FusedMultiplyAdd(x, b2, c32);
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

    // For 16 or 32 columns that are left, as in GemmTiles: 8 sums are just enough.
    private static void Tile4X2(
        float* a, nint rowStride, nint depthStride, float* b, nint ldb, int depth, float* c, nint ldc, bool add)
    {
        float* a1 = a + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride;
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default, c30 = default, c31 = default;
        for (var k = 0; k < depth; k++)
        {
            var (b0, b1) = (Vector256.Load(b), Vector256.Load(b + Lanes));
            var x = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(*a1);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(*a2);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(*a3);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
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

    private static void Row(float* a, nint depthStride, float* b, nint ldb, int depth, float* c, bool add)
    {
        var sum = add ? Vector256.Load(c) : default;
        for (var k = 0; k < depth; k++)
            sum = Vector256.FusedMultiplyAdd(
                Vector256.Create(a[k * depthStride]), Vector256.Load(b + k * ldb), sum);
        sum.Store(c);
    }

    private static void Store(float* c, Vector256<float> x, Vector256<float> y, bool add)
    {
        (add ? x + Vector256.Load(c) : x).Store(c);
        (add ? y + Vector256.Load(c + Lanes) : y).Store(c + Lanes);
    }

    private static void Store(float* c, Vector256<float> x, Vector256<float> y, Vector256<float> z, bool add)
    {
        Store(c, x, y, add);
        (add ? z + Vector256.Load(c + 2 * Lanes) : z).Store(c + 2 * Lanes);
    }
}
