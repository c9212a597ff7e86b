using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>The laws of the action, of lifts and of relative coordinates.</summary>
internal static class LiftLaws
{
    private static readonly (double, double) Tolerance = (1e-10, 1e-4);

    public static void Check(LawSession session, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var group = session.Group;
        Tensor Element() => group.Exp(session.Tangents(TangentRegime.Generic, dtype, group.AlgebraDim)!);
        void Same(string law, Tensor actual, Tensor expected) =>
            session.Record(law, TangentRegime.Generic, actual, expected, Tolerance);
        var (g, h) = (Element(), Element());
        var points = session.Points(dtype);                                                       // (1, n, D)
        var moved = group.Act(g, points);
        Same("(h g) x = h (g x)", group.Act(group.Compose(h, g), points), group.Act(h, moved));
        Same("e x = x", group.Act(group.Identity(dtype, points.device), points), points);

        var options = session.Lifts(2);
        Tensor Repeat(Tensor x) => x.repeat_interleave(options.Samples, 1);
        var (lift, liftMoved) = (group.Lift(points, options, session.Draws), group.Lift(moved, options, session.Draws));
        var origins = group.Act(group.Inverse(lift.Elements), Repeat(points));
        Same("u⁻¹ x is the same on an orbit", group.Act(group.Inverse(liftMoved.Elements), Repeat(moved)), origins);
        Same("u o = x", group.Act(lift.Elements, origins), Repeat(points));
        var orbits = lift.Orbits ?? zeros([1, origins.shape[1], 0], dtype: dtype, device: points.device);
        if ((group as IOrbitOrigins)?.Origins(orbits) is { } known) Same("u o(q) = x", known, origins);
        if (group.OrbitDim > 0) Same("orbits are invariant", liftMoved.Orbits!, lift.Orbits!);
        if (session.IsDrawn)
        {
            var still = group.SampleStabilizer([1, origins.shape[1]], dtype, points.device, session.Draws);
            Same("the stabilizer fixes o", group.Act(still, origins), origins);
        }
        if (group.AlgebraDim == 0) return;

        // One element for all points: the relative coordinates of the moved set are those of the set.
        var shared = g.narrow(0, 0, 1);
        var carried = lift with { Elements = group.Compose(shared, lift.Elements) };
        Same("Relative(g u, g v) = Relative(u, v)", Pairs(group, carried), Pairs(group, lift));
        if (dtype == ScalarType.Float64 && group.HasFrames)
        {
            var framed = new LiftOptions { Framed = true };
            var frames = group.Lift(points, framed, session.Draws);
            var moving = group.Lift(group.Act(shared, points), framed, session.Draws);
            Same("framed lift(g x) = g lift(x)", Pairs(group, moving), Pairs(group, frames));
        }
        if (StabilizerLaws.Dimensions(session).Most == 0)
        {
            var lifted = group.Lift(group.Act(shared, points), options, session.Draws);
            Same("lift(g x) = g lift(x)", Pairs(group, lifted), Pairs(group, lift));
        }
    }

    /// <summary>Relative coordinates of neighbours in the list, with the logarithm as a matrix: logarithms near the cut
    /// locus jump, their exponentials do not.</summary>
    private static Tensor Pairs(LieGroup group, LiftedElements lift)
    {
        var u = new LiftedElements(lift.Elements.roll(1, 1), lift.Orbits?.roll(1, 1));
        var relative = group.Relative(u, lift);
        var matrices = group.ToMatrix(group.Exp(relative.narrow(-1, 0, group.AlgebraDim))).flatten(2);
        return cat([matrices, relative.narrow(-1, group.AlgebraDim, 2 * group.OrbitDim)], -1);
    }
}
