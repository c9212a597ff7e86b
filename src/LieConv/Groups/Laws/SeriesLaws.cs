using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>The order of the Baker-Campbell-Hausdorff series: halving the tangents divides the error of order k by
/// 2^(k+1).</summary>
internal static class SeriesLaws
{
    private const double Size = 0.1;

    /// <summary>Errors below this are round-off, as where the series ends.</summary>
    private const double RoundOff = 1e-12;

    private const double Tolerance = 0.5;

    public static void Check(LawSession session)
    {
        using var scope = NewDisposeScope();
        var group = session.Group;
        var a = session.Normal(ScalarType.Float64, session.Options.Samples, group.AlgebraDim) * Scalars.Of(Size);
        var b = session.Normal(ScalarType.Float64, session.Options.Samples, group.AlgebraDim) * Scalars.Of(Size);
        for (var order = 1; order <= 4; order++)
        {
            var (coarse, fine) = (Error(group, a, b, order), Error(group, a / Scalars.Of(2), b / Scalars.Of(2), order));
            var missing = fine < RoundOff ? 0 : Math.Max(0, order + 1 - Math.Log2(coarse / fine));
            session.Record($"Bch of order {order}: missing order", TangentRegime.Generic, ScalarType.Float64,
                missing, Tolerance);
        }
    }

    private static double Error(LieGroup group, Tensor a, Tensor b, int order)
    {
        var exact = group.Log(group.Compose(group.Exp(a), group.Exp(b)));
        return (group.Bch(a, b, order) - exact).norm().item<double>();
    }
}
