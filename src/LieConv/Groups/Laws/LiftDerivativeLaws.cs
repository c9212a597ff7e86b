using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>First and second derivatives of lifts: those of the values, as the points move along the group.</summary>
internal static class LiftDerivativeLaws
{
    public static void Check(LawSession session)
    {
        using var scope = NewDisposeScope();
        var (group, dtype) = (session.Group, ScalarType.Float64);
        var points = session.Points(dtype);                                                       // (1, n, D)
        var n = points.shape[1];
        var weight = session.Normal(dtype, n, (long)group.MatrixDim * group.MatrixDim);
        var direction = session.Normal(dtype, n, group.AlgebraDim);
        // The same draws for every place: what is differentiated is the lift with its stabilizer element held fixed.
        Tensor Lifts(Tensor tangents)
        {
            using var generator = new Generator((ulong)session.Options.Seed);
            var moved = group.Act(group.Exp(tangents.unsqueeze(0)), points);
            var lift = group.Lift(moved, LiftOptions.Default, new GeneratorDraws(generator));
            return (group.ToMatrix(lift.Elements)[0].flatten(1) * weight).sum(-1);
        }
        DerivativeLaws.Against(session, TangentRegime.Zero, "Lift", zeros_like(direction), direction, Lifts);
    }
}
