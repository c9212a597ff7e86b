using System.Runtime.CompilerServices;

namespace LieConv.Cpu;

/// <summary>
/// 1 / (1 + exp(-x)) in float32 throughout: the framework's exponential of a vector computes in float64, on twice as
/// many vectors. Within 3 units in the last place.
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
    public static TVector Compute<TVector>(TVector x)
        where TVector : struct, IFloats<TVector> =>
        TVector.Inverse(TVector.Create(1) + Exp(
            TVector.AtLeast(TVector.AtMost(-x, TVector.Create(Bound)), TVector.Create(-Bound))));

    /// <summary>2ⁿ exp(r) with |r| at most ln 2 / 2 and the polynomial of Cephes (expf.c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Exp<TVector>(TVector y)
        where TVector : struct, IFloats<TVector>
    {
        var n = TVector.Round(y * TVector.Create(Log2E));
        var r = TVector.FusedMultiplyAdd(n, TVector.Create(-Ln2High), y);
        r = TVector.FusedMultiplyAdd(n, TVector.Create(-Ln2Low), r);
        // Horner's chain waits for each multiply-add; its callers' loops have no dependence between vectors, so that
        // the processor overlaps the chains of several.
        var p = TVector.FusedMultiplyAdd(TVector.Create(1.9875691500e-4f), r, TVector.Create(1.3981999507e-3f));
        p = TVector.FusedMultiplyAdd(p, r, TVector.Create(8.3334519073e-3f));
        p = TVector.FusedMultiplyAdd(p, r, TVector.Create(4.1665795894e-2f));
        p = TVector.FusedMultiplyAdd(p, r, TVector.Create(1.6666665459e-1f));
        p = TVector.FusedMultiplyAdd(p, r, TVector.Create(5.0000001201e-1f));
        p = TVector.FusedMultiplyAdd(p, r * r, r) + TVector.Create(1);
        return TVector.Scale(p, n);
    }
}
