using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LieConv.Cpu;

/// <summary>Angles in vectors of float32.</summary>
internal static class VectorAngles
{
    // 2π in two parts, the first with so few bits that its product with a small integer is exact.
    private const float TurnHigh = 6.28125f;
    private const float TurnLow = (float)(2 * Math.PI - TurnHigh);

    /// <summary>The sizes of angle differences, in [0, π].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gap(Vector512<float> difference)
    {
        // The whole turns are taken off in two parts, so that a difference near a turn keeps its digits.
        var turns = Vector512.Round(difference * (float)(1 / (2 * Math.PI)));
        var rest = Vector512.FusedMultiplyAdd(turns, Vector512.Create(-TurnHigh), difference);
        return Vector512.Abs(Vector512.FusedMultiplyAdd(turns, Vector512.Create(-TurnLow), rest));
    }

    /// <summary>The angle in [0, π/2] of a sine and a cosine, neither of them negative: twice the arc tangent of the
    /// tangent of its half, by the polynomial of Cephes (atanf.c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OfSineAndCosine(Vector512<float> sine, Vector512<float> cosine)
    {
        var one = Vector512<float>.One;
        var tangent = sine / (cosine + Vector512.Sqrt(sine * sine + cosine * cosine));
        // Both cases are computed and one is selected: a branch would have to suit all 16 lanes.
        var isLarge = Vector512.GreaterThan(tangent, Vector512.Create(0.41421356f));
        var x = Vector512.ConditionalSelect(isLarge, (tangent - one) / (tangent + one), tangent);
        var s = x * x;
        var sum = Vector512.FusedMultiplyAdd(Vector512.Create(8.05374449538e-2f), s, Vector512.Create(-1.38776856032e-1f));
        sum = Vector512.FusedMultiplyAdd(sum, s, Vector512.Create(1.99777106478e-1f));
        sum = Vector512.FusedMultiplyAdd(sum, s, Vector512.Create(-3.33329491539e-1f));
        var angle = Vector512.FusedMultiplyAdd(sum * s, x, x);
        return 2 * (angle + Vector512.ConditionalSelect(
            isLarge, Vector512.Create((float)(Math.PI / 4)), Vector512<float>.Zero));
    }

    /// <summary>sin x / x for x in [0, π/2], by (-1)^k x^2k / (2k + 1)!, of which the first term left out is below
    /// 1e-9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sinc(Vector512<float> x)
    {
        var s = x * x;
        var sum = Vector512.FusedMultiplyAdd(Vector512.Create(1f / 6227020800), s, Vector512.Create(-1f / 39916800));
        sum = Vector512.FusedMultiplyAdd(sum, s, Vector512.Create(1f / 362880));
        sum = Vector512.FusedMultiplyAdd(sum, s, Vector512.Create(-1f / 5040));
        sum = Vector512.FusedMultiplyAdd(sum, s, Vector512.Create(1f / 120));
        sum = Vector512.FusedMultiplyAdd(sum, s, Vector512.Create(-1f / 6));
        return Vector512.FusedMultiplyAdd(sum, s, Vector512<float>.One);
    }
}
