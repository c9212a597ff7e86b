using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>The laws of the stabilizer: it is declared where it can be counted, and its draws are uniform, so that
/// lifts of a moved point are distributed as the moved lifts of the point.</summary>
internal static class StabilizerLaws
{
    private const int Draws = 4096;
    private const int Turns = 4;

    /// <summary>Deviations of means in units of their standard deviation, which are normal numbers: of the thousands
    /// that are compared none is as large.</summary>
    private const double MostDeviations = 7;

    /// <summary>Entries that vary less are constant: then round-off is compared with this.</summary>
    private const double LeastSpread = 1e-3;

    public static void Check(LawSession session)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var group = session.Group;
        void Record(string law, double error, double most) =>
            session.Record(law, TangentRegime.Generic, ScalarType.Float64, error, most);
        var denied = group.HasStabilizer ? 0 : Dimensions(session).Least;
        Record("a stabilizer that can be counted is declared", denied, 0.5);
        if (!session.IsDrawn) return;

        var points = session.Points(ScalarType.Float64);
        var motion = group.Exp(
            session.Tangents(TangentRegime.Generic, points.dtype, group.AlgebraDim)!.narrow(0, 0, 1));
        var (lift, moved) = (
            group.Lift(points, LiftOptions.Default, session.Draws).Elements,
            group.Lift(group.Act(motion, points), LiftOptions.Default, session.Draws).Elements);
        var turns = group.ToMatrix(group.Between(moved, group.Compose(motion, lift)))[0].narrow(0, 0, Math.Min(
            Turns, points.shape[1]));                                                                // (k, r, r)
        Tensor Drawn() => group.ToMatrix(group.SampleStabilizer([Draws], points.dtype, points.device, session.Draws));
        var (plain, turned) = (Moments(Drawn()), Moments(turns.unsqueeze(1).matmul(Drawn())));
        var variance = (plain.Variance + turned.Variance).clamp_min(Scalars.Of(LeastSpread * LeastSpread));
        var spread = (variance / Scalars.Of(Draws)).sqrt();
        Record("draws of the stabilizer are uniform: k h as h",
            ((turned.Mean - plain.Mean).abs() / spread).max().item<double>(), MostDeviations);
    }

    /// <summary>The least and the largest dimension of stabilizers of points: of the tangents that do not move one.
    /// </summary>
    public static (long Least, long Most) Dimensions(LawSession session)
    {
        const double step = 1e-6;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var group = session.Group;
        var points = session.Points(ScalarType.Float64)[0].unsqueeze(1);                          // (n, 1, D)
        var steps = eye(group.AlgebraDim, dtype: ScalarType.Float64) * Scalars.Of(step);
        var velocities = (group.Act(group.Exp(steps), points) - points) / Scalars.Of(step);       // (n, d, D)
        var ranks = linalg.matrix_rank(velocities, atol: 1e-4);
        return (group.AlgebraDim - ranks.max().item<long>(), group.AlgebraDim - ranks.min().item<long>());
    }

    /// <summary>Means and variances of the entries of matrices (..., m, r, r) and of their products.</summary>
    private static (Tensor Mean, Tensor Variance) Moments(Tensor matrices)
    {
        var entries = matrices.flatten(-2);
        var products = (entries.unsqueeze(-1) * entries.unsqueeze(-2)).flatten(-2);
        var all = cat([entries, products], -1);
        return (all.mean([-2L]), all.var(-2L));
    }
}
