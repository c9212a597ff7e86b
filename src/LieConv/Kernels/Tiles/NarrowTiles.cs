using System.Runtime.Intrinsics;
using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>Products of small matrices with one vector of columns, in register tiles of 8 rows.</summary>
internal static unsafe class NarrowTiles
{
    /// <summary>Rows of a tile.</summary>
    public const int TileRows = 8;

    /// <summary>C (rows x 16) = A · B with B (depth x 16) contiguous; the rows must be a multiple of 8.</summary>
    public static void Multiply(float* a, nint rowStride, int rows, float* b, int depth, float* c, nint ldc)
    {
        if (!CpuKernels.AreWide)
        {
            GemmTiles256.Panel(a, rowStride, 1, rows, b, GemmTiles.Lanes, depth, GemmTiles.Lanes, c, ldc, add: false);
            return;
        }
        for (var row = 0; row < rows; row += TileRows)
            Tile(a + row * rowStride, rowStride, b, depth, c + row * ldc, ldc);
    }

    // One vector of columns gives no sums that are independent of each other, so the rows do: 8, the 4 cycles that a
    // multiply-add takes times the two that start in each. Two bases with 0 to 3 strides address the rows, where eight
    // pointers would each have to be moved on.
    private static void Tile(float* a0, nint stride, float* b, int depth, float* c, nint ldc)
    {
        float* a4 = a0 + 4 * stride;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        Vector512<float> c4 = default, c5 = default, c6 = default, c7 = default;
        for (var k = 0; k < depth; k++)
        {
            var y = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(*a0), y, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a0[stride]), y, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a0[2 * stride]), y, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a0[3 * stride]), y, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(*a4), y, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[stride]), y, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[2 * stride]), y, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[3 * stride]), y, c7);
            a0++;
            a4++;
            b += GemmTiles.Lanes;
        }
        c0.Store(c);
        c1.Store(c + ldc);
        c2.Store(c + 2 * ldc);
        c3.Store(c + 3 * ldc);
        c4.Store(c + 4 * ldc);
        c5.Store(c + 5 * ldc);
        c6.Store(c + 6 * ldc);
        c7.Store(c + 7 * ldc);
    }
}
