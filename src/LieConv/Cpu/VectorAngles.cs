using System.Runtime.CompilerServices;

namespace LieConv.Cpu;

/// <summary>Angles in vectors of float32.</summary>
internal static class VectorAngles
{
    // 2π in two parts, the first with so few bits that its product with a small integer is exact.
    private const float TurnHigh = 6.28125f;
    private const float TurnLow = (float)(2 * Math.PI - TurnHigh);

    /// <summary>The sizes of angle differences, in [0, π].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gap<TVector>(TVector difference)
        where TVector : struct, IFloats<TVector>
    {
        // The whole turns are taken off in two parts, so that a difference near a turn keeps its digits.
        var turns = TVector.Round(difference * (float)(1 / (2 * Math.PI)));
        var rest = TVector.FusedMultiplyAdd(turns, TVector.Create(-TurnHigh), difference);
        return TVector.Abs(TVector.FusedMultiplyAdd(turns, TVector.Create(-TurnLow), rest));
    }

    /// <summary>The angle in [0, π/2] of a sine and a cosine, neither of them negative: twice the arc tangent of the
    /// tangent of its half, by the polynomial of Cephes (atanf.c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfSineAndCosine<TVector>(TVector sine, TVector cosine)
        where TVector : struct, IFloats<TVector>
    {
        var one = TVector.Create(1);
        var tangent = sine / (cosine + TVector.Sqrt(sine * sine + cosine * cosine));
        // Both cases are computed and one is selected: a branch would have to suit all lanes.
        var limit = TVector.Create(0.41421356f);
        var x = TVector.WhereGreater(tangent, limit, (tangent - one) / (tangent + one), tangent);
        var s = x * x;
        var sum = TVector.FusedMultiplyAdd(TVector.Create(8.05374449538e-2f), s, TVector.Create(-1.38776856032e-1f));
        sum = TVector.FusedMultiplyAdd(sum, s, TVector.Create(1.99777106478e-1f));
        sum = TVector.FusedMultiplyAdd(sum, s, TVector.Create(-3.33329491539e-1f));
        var angle = TVector.FusedMultiplyAdd(sum * s, x, x);
        return (angle + TVector.WhereGreater(tangent, limit, TVector.Create((float)(Math.PI / 4)), default)) * 2;
    }

    /// <summary>sin x / x for x in [0, π/2], by (-1)^k x^2k / (2k + 1)!, of which the first term left out is below
    /// 1e-9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sinc<TVector>(TVector x)
        where TVector : struct, IFloats<TVector>
    {
        var s = x * x;
        var sum = TVector.FusedMultiplyAdd(TVector.Create(1f / 6227020800), s, TVector.Create(-1f / 39916800));
        sum = TVector.FusedMultiplyAdd(sum, s, TVector.Create(1f / 362880));
        sum = TVector.FusedMultiplyAdd(sum, s, TVector.Create(-1f / 5040));
        sum = TVector.FusedMultiplyAdd(sum, s, TVector.Create(1f / 120));
        sum = TVector.FusedMultiplyAdd(sum, s, TVector.Create(-1f / 6));
        return TVector.FusedMultiplyAdd(sum, s, TVector.Create(1));
    }
}
