using System.Numerics;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// The even functions of the exponential maps and their derivatives, against the true ones and against the stored ones.
/// Near their threshold the original's lose digits: where a stored array is itself further from the truth than half its
/// tolerance, the true one stands in for it.
/// </summary>
public sealed class HelperFamily : CaseFamily
{
    /// <summary>Below this the closed forms would cancel; the series of the oracle has 14 terms there.</summary>
    private const double SeriesBelow = 1;

    /// <summary>A step into the imaginary gives derivatives of analytic functions without cancellation.</summary>
    private const double ImaginaryStep = 1e-30;

    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_helpers");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        Function(run, "sinc", SafeSeries.Sinc, Sinc);
        Function(run, "sincc", SafeSeries.Sincc, x => Series(x, 3) ?? (x - Complex.Sin(x)) / (x * x * x));
        Function(run, "cosc", SafeSeries.Cosc, x => Series(x, 2) ?? (1 - Complex.Cos(x)) / (x * x));
        Function(run, "coscc", SafeSeries.HalfCotangentDefect, HalfCotangentDefect);
        Function(run, "sinc_inv", s => 1 / SafeSeries.Sinc(s), x => 1 / Sinc(x));
        run.Check("out.norm", Polar.Length(run.Array("in.v")));
    }

    private static void Function(CaseRun run, string name, Func<Tensor, Tensor> ofSquare, Func<Complex, Complex> truth)
    {
        var x = run.Leaf("in.x");
        var value = ofSquare(x * x);
        value.sum().backward();
        var points = run.Reference("in.x").data<double>().ToArray();
        var values = points.Select(point => truth(point).Real);
        var slopes = points.Where(point => point != 0)
            .Select(point => truth(new Complex(point, ImaginaryStep)).Imaginary / ImaginaryStep);
        Compare(run, "out." + name, value, values);
        Compare(run, $"g.{name}.in.x_nonzero", x.grad![x.detach() != 0], slopes);
    }

    private static void Compare(CaseRun run, string name, Tensor actual, IEnumerable<double> exact)
    {
        var truth = tensor(exact.ToArray(), dtype: ScalarType.Float64);
        run.CheckValue("true " + name, actual, truth, run.SinglePrecision ? 5e-5 : 1e-11);
        var stored = run.Reference(name);
        var ownError = ((stored - truth).abs().max() / truth.abs().max()).item<double>();
        if (ownError < run.Golden.Tolerance(run.SinglePrecision, name) / 2) run.Check(name, actual);
        else run.CheckRight(name, actual, truth);
    }

    private static Complex Sinc(Complex x) => Series(x, 1) ?? Complex.Sin(x) / x;

    /// <summary>The alternating sum of x^(2k) / (2k + first)! for small arguments.</summary>
    private static Complex? Series(Complex x, int first)
    {
        if (Complex.Abs(x) >= SeriesBelow) return null;
        var term = Complex.One;
        for (var i = 2; i <= first; i++) term /= i;
        var sum = Complex.Zero;
        for (var k = 0; k < 14; k++)
        {
            sum += term;
            term *= -x * x / ((2 * k + first + 1.0) * (2 * k + first + 2));
        }
        return sum;
    }

    /// <summary>(1 - (x/2) cot(x/2)) / x². With S = sin x / x and C = (1 - cos x) / x² it is (2C - S) / (2C x²), and
    /// the coefficient of x^(2k+2) in 2C - S is (-1)^k (2k + 2) / (2k + 4)!, so that nothing cancels.</summary>
    private static Complex HalfCotangentDefect(Complex x)
    {
        if (Complex.Abs(x) >= SeriesBelow) return (1 - x / 2 / Complex.Tan(x / 2)) / (x * x);
        var (power, factorial, numerator) = (Complex.One, 24.0, Complex.Zero);
        for (var k = 0; k < 14; k++)
        {
            numerator += power * (2 * k + 2) / factorial;
            power *= -x * x;
            factorial *= (2 * k + 5.0) * (2 * k + 6.0);
        }
        return numerator / (2 * Series(x, 2)!.Value);
    }
}
