using LieConv.Groups;

namespace LieConv.Tests.Parity.Families;

/// <summary>Hyperbolic lifts, which the original concatenates along the points instead of stacking the components.</summary>
public sealed class LogLiftFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "A_", "_loglift");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var alpha = run.Config.Number("alpha", LieGroup.DefaultAlpha);
        var (whole, squeezes) = (new RxSQ(alpha), LieSubgroup.SQ(alpha));
        var (points, draws) = (run.Array("in.pts"), new ReplayDraws(run));
        var intended = run.Array("out.rxsq_lift_a_intended");                                          // (b, n, 2)
        var lifted = whole.Log(whole.Lift(points, LiftOptions.Default, draws).Elements);
        run.Check("out.rxsq_lift_a_intended", lifted);
        run.CheckRight("out.rxsq_lift_a_original", lifted, intended);
        run.Check("out.rxsq_distance", whole.Distance(run.Array("in.abq")));

        var squeezed = squeezes.Lift(points, LiftOptions.Default, draws);
        run.CheckRight("out.sq_lift_a_original", squeezes.Log(squeezed.Elements), intended.narrow(-1, 1, 1));
        run.CheckRight("out.sq_lift_q_original", squeezed.Orbits!, intended.narrow(-1, 0, 1));
    }
}
