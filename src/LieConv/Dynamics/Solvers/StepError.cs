using System.Globalization;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>Sizes of errors against what is allowed, and the first step that follows from them.</summary>
/// <param name="options">Tolerances.</param>
/// <param name="precision">Type of the states.</param>
internal sealed class StepError(AdaptiveOptions options, ScalarType precision)
{
    /// <summary>A relative tolerance is at least this many epsilons of the state's type, as in SciPy: rounding of the
    /// stages makes the estimates of smaller errors noise.</summary>
    private const double EpsilonsPerItem = 100;

    /// <summary>torchdiffeq has no such floor, and takes shorter steps where the noise says so: it is followed as far as
    /// rounding of the state itself can tell.</summary>
    private const double EpsilonsOfBatch = 0.1;


    private const double TinyNorm = 1e-5;
    private const double TinyDerivative = 1e-15;
    private const double TinyStep = 1e-6;

    private readonly double _relative = Math.Max(
        options.RelativeTolerance, Epsilons(options) * EpsilonOf(precision));

    private static double Epsilons(AdaptiveOptions options) =>
        options.Control == ErrorControl.PerItem ? EpsilonsPerItem : EpsilonsOfBatch;

    private static double EpsilonOf(ScalarType precision) => precision switch
    {
        ScalarType.Float16 => 1.0 / 1024,
        ScalarType.BFloat16 => 1.0 / 128,
        _ => finfo(precision).eps,
    };

    private bool PerItem => options.Control == ErrorControl.PerItem;

    /// <summary>What is said where the tolerance is the precision's, not the one asked for.</summary>
    public string? Remark => _relative == options.RelativeTolerance
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"RelativeTolerance is {options.RelativeTolerance:g3}, finer than {precision} can meet; {_relative:g3} held " +
            $"instead, which is {Epsilons(options):G3} epsilons.");

    /// <summary>Root mean square of error / (atol + rtol max(|before|, |after|)), of each item or of all.</summary>
    public double[] Ratios(Tensor error, Tensor before, Tensor after) =>
        Norms(Wide(error) / Scale(maximum(Wide(before).abs(), Wide(after).abs())));

    /// <summary>Estimates a first step with one evaluation.</summary>
    /// <remarks>Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, section II.4, "Starting step
    /// size", with the exponent that torchdiffeq uses.</remarks>
    /// <param name="state">States at the start.</param>
    /// <param name="slope">Their derivatives.</param>
    /// <param name="derivativeAfter">The derivatives after a signed step of each item.</param>
    /// <param name="order">Order of the method.</param>
    /// <param name="longest">No length is above this.</param>
    /// <returns>Lengths above 0; not finite where the state or its derivative is not.</returns>
    public double[] FirstSteps(
        Tensor state, Tensor slope, Func<double[], Tensor> derivativeAfter, int order, double longest)
    {
        var scale = Scale(Wide(state).abs());
        var (sizes, slopes) = (Norms(Wide(state) / scale), Norms(Wide(slope) / scale));
        var trial = new double[sizes.Length];
        for (var i = 0; i < trial.Length; i++)
            trial[i] = sizes[i] < TinyNorm || slopes[i] < TinyNorm ? TinyStep : 0.01 * sizes[i] / slopes[i];
        foreach (ref var step in trial.AsSpan()) step = Math.Min(step, longest);
        var bends = Norms(Wide(derivativeAfter(trial) - slope) / scale);
        return [.. trial.Select((step, i) =>
            Math.Min(Math.Min(100 * step, Bent(step, slopes[i], bends[i] / step, order)), longest))];
    }

    private static double Bent(double trial, double slope, double bend, int order) =>
        slope <= TinyDerivative && bend <= TinyDerivative
            ? Math.Max(TinyStep, trial * 1e-3)
            : Math.Pow(0.01 / Math.Max(slope, bend), 1.0 / order);

    private Tensor Scale(Tensor size) => size * Scalars.Of(_relative) + Scalars.Of(options.AbsoluteTolerance);

    /// <summary>Half types hold neither the tolerances nor the squares of what is measured with them.</summary>
    private static Tensor Wide(Tensor values) =>
        values.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? values.to_type(ScalarType.Float32) : values;

    private double[] Norms(Tensor scaled)
    {
        var squares = scaled.square();
        var means = PerItem && squares.dim() > 0
            ? squares.reshape(squares.shape[0], -1).mean([1L])
            : squares.mean().reshape(1);
        return means.sqrt().to_type(ScalarType.Float64).cpu().data<double>().ToArray();
    }
}
