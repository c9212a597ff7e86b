using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LieConv.Kernels;

/// <summary>Transposes blocks of 16 x 16 floats in registers: four rounds of interleaving.</summary>
internal static unsafe class Transposition
{
    private const int Size = GemmTiles.Lanes;

    /// <summary>Writes the transpose of the block of 16 contiguous rows at source to target.</summary>
    public static void Block(float* source, float* target) => Block(source, Size, target, Size);

    /// <summary>Writes the transpose of the block of 16 rows at source to the 16 rows at target.</summary>
    /// <param name="source">Its first row.</param>
    /// <param name="from">Floats from a row of the source to the next.</param>
    /// <param name="target">The first row.</param>
    /// <param name="to">Floats from a row of the target to the next.</param>
    public static void Block(float* source, nint from, float* target, nint to)
    {
        if (!Avx512F.IsSupported)
        {
            for (var i = 0; i < Size; i++)
                for (var j = 0; j < Size; j++) target[j * to + i] = source[i * from + j];
            return;
        }
        // Pairs of rows, pairs of pairs, then quarters: 64 shuffles for 256 numbers, where reading columns would take a
        // read and an insertion for each. Two arrays of 16 vectors, since a round reads what the one before has
        // written.
        var s = stackalloc Vector512<float>[Size];
        var t = stackalloc Vector512<float>[Size];
        for (var i = 0; i < Size; i += 2)
        {
            var (x, y) = (Vector512.Load(source + i * from), Vector512.Load(source + (i + 1) * from));
            t[i] = Avx512F.UnpackLow(x, y);
            t[i + 1] = Avx512F.UnpackHigh(x, y);
        }
        for (var i = 0; i < Size; i += 4)
            for (var j = 0; j < 2; j++)
            {
                var (x, y) = (t[i + j].AsDouble(), t[i + 2 + j].AsDouble());
                s[i + 2 * j] = Avx512F.UnpackLow(x, y).AsSingle();
                s[i + 2 * j + 1] = Avx512F.UnpackHigh(x, y).AsSingle();
            }
        for (var i = 0; i < Size; i += 8)
            for (var j = 0; j < 4; j++)
            {
                t[i + j] = Avx512F.Shuffle4x128(s[i + j], s[i + 4 + j], 0x88);
                t[i + 4 + j] = Avx512F.Shuffle4x128(s[i + j], s[i + 4 + j], 0xdd);
            }
        for (var j = 0; j < 8; j++)
        {
            Avx512F.Shuffle4x128(t[j], t[8 + j], 0x88).Store(target + j * to);
            Avx512F.Shuffle4x128(t[j], t[8 + j], 0xdd).Store(target + (8 + j) * to);
        }
    }
}
