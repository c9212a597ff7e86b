using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>First and second derivatives: finite, and equal to what they should be.</summary>
/// <remarks>Each map is contracted with a fixed random weight to a scalar for each case. The gradient is compared with
/// central differences and the gradient's derivative along a fixed random direction with central differences of the
/// gradient, in double precision; lower precision is compared with the derivatives in double precision at the same
/// tangents. Log(Exp(a)) = a has known derivatives in any precision.</remarks>
internal static class DerivativeLaws
{
    private const double Step = 1e-5;

    private static readonly (double, double) Differences = (1e-8, 1e-4);

    private static readonly (double, double) Identity = (1e-9, 1e-3);

    public static void Check(LawSession session, TangentRegime regime, ScalarType dtype)
    {
        var group = session.Group;
        if (session.Tangents(regime, dtype, group.AlgebraDim) is not { } a) return;
        var direction = session.Normal(dtype, a.shape);
        var weight = session.Normal(dtype, a.shape[0], (long)group.MatrixDim * group.MatrixDim);
        var tangentWeight = session.Normal(dtype, a.shape);
        Func<Tensor, Tensor> matrices = x => (group.ToMatrix(group.Exp(x)).flatten(1) * weight.to(x.dtype)).sum(-1);
        Against(session, regime, "Exp", a, direction, matrices);

        Func<Tensor, Tensor> roundTrip = x => (group.Log(group.Exp(x)) * tangentWeight.to(x.dtype)).sum(-1);
        var (first, second) = Derivatives(roundTrip, a, direction);
        session.Record("first derivative of Log(Exp(a))", regime, first, tangentWeight, Identity);
        session.Record("second derivative of Log(Exp(a))", regime, second, zeros_like(second), Identity);

        // A point seen from itself: where the relative coordinate vanishes whatever the elements are.
        Func<Tensor, Tensor> relative = x =>
        {
            var here = group.Exp(a.to(x.dtype));
            return (group.Log(group.Between(here, group.Exp(x))) * tangentWeight.to(x.dtype)).sum(-1);
        };
        Against(session, regime, "Relative at a point itself", a, direction, relative);
    }

    public static void Against(
        LawSession session, TangentRegime regime, string name, Tensor a, Tensor direction, Func<Tensor, Tensor> map)
    {
        var (first, second) = Derivatives(map, a, direction);
        Tensor expectedFirst, expectedSecond;
        if (a.dtype == ScalarType.Float64)
        {
            (expectedFirst, expectedSecond) = (DifferencesOf(map, a), Along(x => Derivatives(map, x, direction).First));
        }
        else
        {
            var (exactFirst, exactSecond) =
                Derivatives(map, a.to(ScalarType.Float64), direction.to(ScalarType.Float64));
            (expectedFirst, expectedSecond) = (exactFirst.to(a.dtype), exactSecond.to(a.dtype));
        }
        session.Record($"first derivative of {name}", regime, first, expectedFirst, Differences);
        session.Record($"second derivative of {name}", regime, second, expectedSecond, Differences);

        Tensor Along(Func<Tensor, Tensor> gradient) =>
            (gradient(a + direction * Scalars.Of(Step)) - gradient(a - direction * Scalars.Of(Step))) /
                Scalars.Of(2 * Step);
    }

    public static Tensor DifferencesOf(Func<Tensor, Tensor> map, Tensor a)
    {
        var columns = new List<Tensor>();
        var basis = eye(a.shape[^1], dtype: a.dtype) * Scalars.Of(Step);
        for (var i =
            0; i < a.shape[^1]; i++) columns.Add((map(a + basis[i]) - map(a - basis[i])) / Scalars.Of(2 * Step));
        return stack(columns, -1);
    }

    /// <summary>The gradients of each case and their derivatives along a direction.</summary>
    public static (Tensor First, Tensor Second) Derivatives(Func<Tensor, Tensor> map, Tensor a, Tensor direction)
    {
        var input = a.detach().clone().requires_grad_();
        // The added zero makes the gradient depend on the input also where the map is linear.
        var first = Derivative.Compute(map(input).sum() + (input * input).sum() * Scalars.Of(0), input, createGraph: true);
        var second = Derivative.Compute((first * direction).sum(), input, createGraph: false);
        return (first.detach(), second.detach());
    }
}
