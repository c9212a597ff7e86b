using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>The laws of the distance that decides neighbourhoods.</summary>
internal static class DistanceLaws
{
    private static readonly (double, double) Tolerance = (1e-10, 5e-4);

    public static void Check(LawSession session, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var group = session.Group;
        var lift = group.Lift(session.Points(dtype), session.Lifts(3), session.Draws);
        var queries = new LiftedElements(lift.Elements.unsqueeze(2), lift.Orbits?.unsqueeze(2));
        var support = new LiftedElements(lift.Elements.unsqueeze(1), lift.Orbits?.unsqueeze(1));
        var distance = group.Distance(group.Relative(queries, support));                          // (1, n, n)
        void Same(string law, Tensor actual, Tensor expected) =>
            session.Record(law, TangentRegime.Generic, actual, expected, Tolerance);
        Same("distance is symmetric", distance, distance.transpose(1, 2));
        Same("distance from itself is 0", distance.diagonal(0, 1, 2), zeros_like(distance.diagonal(0, 1, 2)));
        Same("distance is not negative", distance.clamp_max(Scalars.Of(0)), zeros_like(distance));
    }
}
