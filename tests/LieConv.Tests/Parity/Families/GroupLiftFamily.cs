using LieConv.Groups;
using LieConv.Lifting;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Lifts of points with recorded stabilizer draws: elements, orbits, values, masks, pairs and distances.</summary>
public sealed class GroupLiftFamily : CaseFamily
{
    /// <summary>Angles this close to half a turn may have either sign: rounding decides.</summary>
    private const double HalfTurnMargin = 1e-3;

    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "A_", "_lift");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var group = GroupOfCase.Of(run.Config);
        var options = GroupOfCase.Lift(run.Config);
        var samples = options.Samples;
        var points = new PointSet(run.Array("in.pts"), run.Array("in.vals"), run.Array("in.mask"));
        var lifted = group.Lift(points, options, new ReplayDraws(run));
        var elements = lifted.Geometry;
        var shape = points.Coordinates.shape;
        if (group is SO3 && CrossProductLiftFamily.Misdirected(shape[0], shape[1], samples)) RightLift(run, group, elements);
        else Elements(run, group, elements);

        run.Check("out.mask", lifted.Mask!);
        // Padding carries no values here; the original lifts whatever it holds.
        var padding = lifted.Mask!.logical_not().unsqueeze(-1);
        var values = lifted.Values.squeeze(2);
        if (!padding.any().item<bool>()) run.Check("out.vals", values);
        else run.CheckRight("out.vals", values, run.Array("out.vals").masked_fill(padding, 0));
    }

    private static void Elements(CaseRun run, LieGroup group, LiftedElements elements)
    {
        if (run.Has("out.lift_a")) run.Check("out.lift_a", group.Log(elements.Elements));
        if (run.Has("out.lift_q")) run.Check("out.lift_q", elements.Orbits!);
        var relative = group.Relative(elements.Queries(), elements.Support());
        var evenly = group is SE2 && run.Config.Whole("liftsamples", 1) % 2 == 0;
        run.Check("out.abq", evenly ? SignedLike(relative, run.Array("out.abq")) : relative);
        RightDistance.Check(run, group, relative);
        var stored = run.Golden.Tolerance(run.SinglePrecision, "out.distance");
        var tolerance = Math.Max(stored, run.SinglePrecision ? 1e-5 : 1e-9);
        run.CheckValue("pair distances", group.PairDistances(elements, elements), group.Distance(relative), tolerance);
    }

    /// <summary>The original's elements are wrong: check what a lift is for, that it carries the origin to the point.</summary>
    private static void RightLift(CaseRun run, LieGroup group, LiftedElements elements)
    {
        var points = run.Array("in.pts").repeat_interleave(run.Config.Whole("liftsamples", 1), 1);
        var origin = cat([elements.Orbits!, zeros_like(points).narrow(-1, 0, 2)], -1);
        foreach (var name in new[] { "out.lift_a", "out.abq", "out.distance" }.Where(run.Has))
            run.CheckRight(name, group.Act(elements.Elements, origin), points);
        if (run.Has("out.lift_q")) run.Check("out.lift_q", elements.Orbits!);
    }

    /// <summary>Two of an even number of lifts of a point differ by half a turn, whose sign is rounding.</summary>
    private static Tensor SignedLike(Tensor relative, Tensor recorded)
    {
        var angle = relative.select(-1, 0);
        var flip = (angle.abs() > Math.PI - HalfTurnMargin).logical_and(angle * recorded.select(-1, 0) < 0);
        return cat([where(flip, -angle, angle).unsqueeze(-1), relative.narrow(-1, 1, relative.shape[^1] - 1)], -1);
    }
}
