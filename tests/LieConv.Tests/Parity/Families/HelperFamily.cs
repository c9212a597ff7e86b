using LieConv.Internal;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>The even functions of the exponential maps and their derivatives, also against the true values.</summary>
public sealed class HelperFamily : CaseFamily
{
    /// <summary>Below this the closed forms of the oracle would cancel; its series has 14 terms there.</summary>
    private const double SeriesBelow = 1;

    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_helpers");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        Function(run, "sinc", SafeSeries.Sinc, x => Series(x, 1) ?? Math.Sin(x) / x);
        Function(run, "sincc", SafeSeries.Sincc, x => Series(x, 3) ?? (x - Math.Sin(x)) / (x * x * x));
        Function(run, "cosc", SafeSeries.Cosc, x => Series(x, 2) ?? (1 - Math.Cos(x)) / (x * x));
        Function(run, "coscc", SafeSeries.HalfCotangentDefect, HalfCotangentDefect);
        Function(run, "sinc_inv", s => 1 / SafeSeries.Sinc(s), x => 1 / (Series(x, 1) ?? Math.Sin(x) / x));
        run.Check("out.norm", Polar.Length(run.Array("in.v")));
    }

    private static void Function(CaseRun run, string name, Func<Tensor, Tensor> ofSquare, Func<double, double> truth)
    {
        var x = run.Leaf("in.x");
        var value = ofSquare(x * x);
        value.sum().backward();
        var exact = run.Reference("in.x").data<double>().Select(truth).ToArray();
        var tolerance = run.SinglePrecision ? 1e-5 : 1e-12;
        run.CheckValue($"true {name}", value, tensor(exact, dtype: ScalarType.Float64), tolerance);
        run.Check("out." + name, value);
        run.Check($"g.{name}.in.x_nonzero", x.grad![x.detach() != 0]);
    }

    /// <summary>The alternating sum of x^(2k) / (2k + first)! for small arguments.</summary>
    private static double? Series(double x, int first)
    {
        if (Math.Abs(x) >= SeriesBelow) return null;
        var term = 1.0;
        for (var i = 2; i <= first; i++) term /= i;
        var sum = 0.0;
        for (var k = 0; k < 14; k++)
        {
            sum += term;
            term *= -x * x / ((2 * k + first + 1.0) * (2 * k + first + 2));
        }
        return sum;
    }

    /// <summary>(1 - (x/2) cot(x/2)) / x². With S = sin x / x and C = (1 - cos x) / x² it is (2C - S) / (2C x²), and the
    /// coefficient of x^(2k+2) in 2C - S is (-1)^k (2k + 2) / (2k + 4)!, so that nothing cancels.</summary>
    private static double HalfCotangentDefect(double x)
    {
        if (Math.Abs(x) >= SeriesBelow) return (1 - x / 2 / Math.Tan(x / 2)) / (x * x);
        var (power, factorial, numerator) = (1.0, 24.0, 0.0);
        for (var k = 0; k < 14; k++)
        {
            numerator += power * (2 * k + 2) / factorial;
            power *= -x * x;
            factorial *= (2 * k + 5.0) * (2 * k + 6.0);
        }
        return numerator / (2 * Series(x, 2)!.Value);
    }
}
