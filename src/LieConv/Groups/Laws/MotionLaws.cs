using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>The law of <see cref="LieGroup.Motions"/>: the velocities of points under the group and under the declared
/// motions span the same space.</summary>
internal static class MotionLaws
{
    private const double Step = 1e-6;

    /// <summary>Differences err by about the step: singular values below this are 0.</summary>
    private const double LeastSingularValue = 1e-4;

    public static void Check(LawSession session)
    {
        if (session.Group.Motions is not { } motions) return;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var points = session.Points(ScalarType.Float64)[0];                                       // (n, D)
        var (own, declared) = (OfGroup(session.Group, points), OfMotions(motions, points));       // (nD, ·)
        var joint = Rank(cat([own, declared], 1));
        session.Record(
            "declared motions are those of the action", TangentRegime.Generic, ScalarType.Float64,
            2 * joint - Rank(own) - Rank(declared), 0.5);
    }

    /// <summary>Velocities of all points under the generators, shape (nD, d).</summary>
    private static Tensor OfGroup(LieGroup group, Tensor points)
    {
        if (group.AlgebraDim == 0) return zeros([points.NumberOfElements, 0], dtype: points.dtype);
        var steps = group.Exp(eye(group.AlgebraDim, dtype: points.dtype) * Scalars.Of(Step)).unsqueeze(1);
        return ((group.Act(steps, points) - points) / Scalars.Of(Step)).flatten(1).t();
    }

    /// <summary>Velocities under rotations of each pair of turned coordinates, translations and the scaling.</summary>
    private static Tensor OfMotions(CoordinateMotions motions, Tensor points)
    {
        var unit = eye(points.shape[1], dtype: points.dtype);
        List<Tensor> velocities = [.. motions.Translated.Select(i => unit[i].expand_as(points))];
        foreach (var i in motions.Turned)
            foreach (var j in motions.Turned.Where(j => j > i))
                velocities.Add(
                    points.narrow(1, i, 1) * unit[j] - points.narrow(1, j, 1) * unit[i]);
        if (motions.Scaled) velocities.Add(points);
        return velocities.Count == 0
            ? zeros([points.NumberOfElements, 0], dtype: points.dtype)
            : stack([.. velocities.Select(velocity => velocity.flatten())], 1);
    }

    private static long Rank(Tensor columns) =>
        columns.shape[1] == 0 ? 0 : linalg.matrix_rank(columns, atol: LeastSingularValue).item<long>();
}
