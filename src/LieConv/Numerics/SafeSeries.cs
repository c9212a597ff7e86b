using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>
/// The even functions of the exponential maps as functions of s = x², whose values, first and second derivatives are
/// finite and right for every s ≥ 0, zero included.
/// </summary>
/// <remarks>
/// <para>Below <see cref="Threshold"/> a Taylor polynomial in s, above it the closed form; each branch is given a
/// harmless input where the other one is taken, since <c>where</c> differentiates both and 0 · NaN is NaN.</para>
/// <para>At the threshold the first omitted term is at most 4e-20 (double, twelve terms) and 2e-9 (single and lower,
/// six terms); its second derivative is at most 6e-18 and 6e-8. Above it the closed forms lose at most one digit to
/// cancellation, and their second derivatives at most two.</para>
/// <para>Formulas: Ethan Eade, Lie Groups for 2D and 3D Transformations, https://ethaneade.com/lie.pdf; the
/// coefficients of <see cref="HalfCotangentDefect"/> are |B₂ₖ| / (2k)! with the Bernoulli numbers B.</para>
/// </remarks>
internal static class SafeSeries
{
    /// <summary>Arguments x² below this use the polynomial: angles up to one radian.</summary>
    private const double Threshold = 1;

    private const int Terms = 12;

    private static readonly double[] CosineTerms = Alternating(0);
    private static readonly double[] SincTerms = Alternating(1);
    private static readonly double[] CoscTerms = Alternating(2);
    private static readonly double[] SinccTerms = Alternating(3);
    private static readonly double[] HalfCotangentTerms = BernoulliTerms();

    /// <summary>cos x.</summary>
    public static Tensor Cosine(Tensor squared) => Evaluate(squared, CosineTerms, s => s.sqrt().cos());

    /// <summary>sin x / x.</summary>
    public static Tensor Sinc(Tensor squared) =>
        Evaluate(squared, SincTerms, s => { var x = s.sqrt(); return x.sin() / x; });

    /// <summary>(1 - cos x) / x².</summary>
    public static Tensor Cosc(Tensor squared) =>
        Evaluate(squared, CoscTerms, s => (Scalars.Of(1) - s.sqrt().cos()) / s);

    /// <summary>(x - sin x) / x³.</summary>
    public static Tensor Sincc(Tensor squared) =>
        Evaluate(squared, SinccTerms, s => { var x = s.sqrt(); return (Scalars.Of(1) - x.sin() / x) / s; });

    /// <summary>(1 - (x/2) cot(x/2)) / x², regular for x below 2π.</summary>
    public static Tensor HalfCotangentDefect(Tensor squared) =>
        Evaluate(squared, HalfCotangentTerms, s =>
        {
            var half = s.sqrt() / Scalars.Of(2);
            return (Scalars.Of(1) - half * half.cos() / half.sin()) / s;
        });

    /// <summary>A polynomial below the threshold, a closed form above, with no trace of the branch not taken.</summary>
    /// <param name="s">Squared arguments, any shape.</param>
    /// <param name="coefficients">Taylor coefficients in s, ascending.</param>
    /// <param name="closedForm">The function above the threshold.</param>
    /// <param name="threshold">Arguments below it use the polynomial.</param>
    public static Tensor Evaluate(
        Tensor s, double[] coefficients, Func<Tensor, Tensor> closedForm, double threshold = Threshold)
    {
        var small = s.detach() < Scalars.Of(threshold);
        var series = Polynomial(where(small, s, zeros_like(s)), coefficients);
        return where(small, series, closedForm(where(small, ones_like(s), s)));
    }

    private static Tensor Polynomial(Tensor s, double[] coefficients)
    {
        var terms = s.dtype == ScalarType.Float64 ? coefficients.Length : coefficients.Length / 2;
        var sum = s * Scalars.Of(coefficients[terms - 1]) + Scalars.Of(coefficients[terms - 2]);
        for (var k = terms - 3; k >= 0; k--) sum = sum * s + Scalars.Of(coefficients[k]);
        return sum;
    }

    /// <summary>(-1)^k / (2k + first)! for k = 0, 1, ...</summary>
    private static double[] Alternating(int first)
    {
        var terms = new double[Terms];
        var value = 1.0;
        for (var i = 2; i <= first; i++) value /= i;
        for (var k = 0; k < Terms; k++, value /= -(2.0 * k + first - 1) * (2.0 * k + first)) terms[k] = value;
        return terms;
    }

    private static double[] BernoulliTerms()
    {
        double[] bernoulli =
        [
            1.0 / 6, 1.0 / 30, 1.0 / 42, 1.0 / 30, 5.0 / 66, 691.0 / 2730, 7.0 / 6, 3617.0 / 510,
            43867.0 / 798, 174611.0 / 330, 854513.0 / 138, 236364091.0 / 2730,
        ];
        var factorial = 1.0;
        for (var k = 0; k < bernoulli.Length; k++) bernoulli[k] /= factorial *= (2.0 * k + 1) * (2.0 * k + 2);
        return bernoulli;
    }
}
