using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>Sizes of errors against what is allowed, and the first step that follows from them.</summary>
/// <param name="options">Tolerances.</param>
internal sealed class StepError(AdaptiveOptions options)
{
    private const double TinyNorm = 1e-5;
    private const double TinyDerivative = 1e-15;
    private const double TinyStep = 1e-6;

    private bool PerItem => options.Control == ErrorControl.PerItem;

    /// <summary>Root mean square of error / (atol + rtol max(|before|, |after|)), of each item or of all.</summary>
    public double[] Ratios(Tensor error, Tensor before, Tensor after) =>
        Norms(error / (maximum(before.abs(), after.abs()) * options.RelativeTolerance + options.AbsoluteTolerance));

    /// <summary>Estimates a first step with one evaluation.</summary>
    /// <remarks>Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, section II.4, "Starting step
    /// size", with the exponent that torchdiffeq uses.</remarks>
    /// <param name="state">States at the start.</param>
    /// <param name="slope">Their derivatives.</param>
    /// <param name="derivativeAfter">The derivatives after a signed step of each item.</param>
    /// <param name="order">Order of the method.</param>
    /// <returns>Lengths above 0; not finite where the state or its derivative is not.</returns>
    public double[] FirstSteps(Tensor state, Tensor slope, Func<double[], Tensor> derivativeAfter, int order)
    {
        var scale = state.abs() * options.RelativeTolerance + options.AbsoluteTolerance;
        var (sizes, slopes) = (Norms(state / scale), Norms(slope / scale));
        var trial = new double[sizes.Length];
        for (var i = 0; i < trial.Length; i++)
            trial[i] = sizes[i] < TinyNorm || slopes[i] < TinyNorm ? TinyStep : 0.01 * sizes[i] / slopes[i];
        var bends = Norms((derivativeAfter(trial) - slope) / scale);
        return [.. trial.Select((step, i) => Math.Min(100 * step, Bent(step, slopes[i], bends[i] / step, order)))];
    }

    private static double Bent(double trial, double slope, double bend, int order) =>
        slope <= TinyDerivative && bend <= TinyDerivative
            ? Math.Max(TinyStep, trial * 1e-3)
            : Math.Pow(0.01 / Math.Max(slope, bend), 1.0 / order);

    private double[] Norms(Tensor scaled)
    {
        var squares = scaled.square();
        var means = PerItem ? squares.reshape(squares.shape[0], -1).mean([1L]) : squares.mean().reshape(1);
        return means.sqrt().to_type(ScalarType.Float64).cpu().data<double>().ToArray();
    }
}
