using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LieConv.Cpu;

/// <summary>
/// 1 / (1 + exp(-x)) in float32 throughout: the framework's exponential of a vector computes in float64, on twice as
/// many vectors, and the divider, which is not pipelined as the multipliers are, is left out. Within 3 units in the
/// last place.
/// </summary>
internal static class VectorSigmoid
{
    /// <summary>Beyond it the result is 0 or 1 in float32, while exp stays finite.</summary>
    private const float Bound = 88;

    private const float Log2E = 1.44269504f;

    // ln 2 in two parts, the first with so few bits that its product with a small integer is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>The function; NaN where x is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Compute(Vector512<float> x)
    {
        // The second operand is returned where either is NaN.
        var y = Avx512F.Max(Vector512.Create(-Bound), Avx512F.Min(Vector512.Create(Bound), -x));
        var denominator = Vector512<float>.One + Exp(y);
        // An estimate of 14 bits and one step, which doubles them, instead of a division.
        var guess = Avx512F.Reciprocal14(denominator);
        return guess * Vector512.FusedMultiplyAdd(-denominator, guess, Vector512.Create(2f));         // Newton's step
    }

    /// <summary>2ⁿ exp(r) with |r| at most ln 2 / 2 and the polynomial of Cephes (expf.c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp(Vector512<float> y)
    {
        var n = Avx512F.RoundScale(y * Vector512.Create(Log2E), 0);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), y);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        // Horner's chain waits for each multiply-add; its callers' loops have no dependence between vectors, so that
        // the processor overlaps the chains of several.
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;
        return Avx512F.Scale(p, n);
    }
}
