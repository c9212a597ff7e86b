using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>One law, checked in one regime and precision.</summary>
/// <param name="Law">What was checked, for instance Log(Exp(a)) = a.</param>
/// <param name="Regime">Where.</param>
/// <param name="Dtype">In which precision.</param>
/// <param name="Error">The largest error, relative where values exceed 1; NaN if a value is not finite.</param>
/// <param name="Tolerance">The largest error that passes.</param>
public readonly record struct LawResult(
    string Law, TangentRegime Regime, ScalarType Dtype, double Error, double Tolerance)
{
    /// <summary>Whether the error is finite and within the tolerance.</summary>
    public bool Passed => Error <= Tolerance;
}
