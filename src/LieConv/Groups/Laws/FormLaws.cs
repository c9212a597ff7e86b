using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>All forms of a group's distance and logarithm agree: those that it has. What every group has, the distance of
/// a relative coordinate and the logarithm of an element, is what the others are compared with.</summary>
internal static class FormLaws
{
    private static readonly (double, double) Tolerance = (1e-10, 5e-4);

    private static readonly (double, double) LogTolerance = (1e-10, 2e-5);

    public static void Check(LawSession session, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        CheckDistances(session, dtype);
        if (session.Group.AlgebraDim == 0) return;
        foreach (var regime in Enum.GetValues<TangentRegime>()) CheckLogarithms(session, regime, dtype);
    }

    private static void CheckDistances(LawSession session, ScalarType dtype)
    {
        var group = session.Group;
        var lift = group.Lift(session.Points(dtype), session.Lifts(3), session.Draws);
        var distance = group.Distance(group.Relative(
            new LiftedElements(lift.Elements.unsqueeze(2), lift.Orbits?.unsqueeze(2)),
            new LiftedElements(lift.Elements.unsqueeze(1), lift.Orbits?.unsqueeze(1))));          // (1, n, n)
        void Same(string law, Tensor actual, Tensor expected) =>
            session.Record(law, TangentRegime.Generic, actual, expected, Tolerance);
        Same("PairDistances = Distance of Relative", group.PairDistances(lift, lift), distance);
        if (group is IVectorDistances vectors && dtype == ScalarType.Float32)
            Same("vector form = Distance of Relative", vectors.Distances(lift, lift), distance);
        if (group is IPairDistances pairs)
        {
            var form = new FormOfPairs(lift.Elements[0], distance[0]);
            pairs.Run(form);
            Same("pair form = Distance of Relative", form.Unlimited, distance);
            Same("pair form is exact below its limit", form.BelowLimit, distance);
            Same("pair form beyond its limit is not below it",
                form.BeyondLimit.minimum(distance / Scalars.Of(2)), distance / Scalars.Of(2));
            if (pairs.Space is { Bounds: true } space)
                NotLess("boxes bound the distance", Gaps(space, lift.Elements[0]).unsqueeze(0));
        }
        if (group is not IBoundedByPositions bounded) return;
        var bound = bounded.Bound(lift);
        var positions = PairwiseDistances.Euclidean(
            bound.Positions.unsqueeze(2), bound.Positions.unsqueeze(1)) * Scalars.Of(bound.Scale);
        if (bound.IsDistance) Same("the distance is that of positions", positions, distance);
        else NotLess("positions bound the distance", positions);

        void NotLess(string law, Tensor least) => Same(law, distance.minimum(least), least);
    }

    /// <summary>Logarithms of relative elements in one pass, where the group has it for these. Near the cut locus
    /// logarithms jump, their exponentials do not.</summary>
    private static void CheckLogarithms(LawSession session, TangentRegime regime, ScalarType dtype)
    {
        var group = session.Group;
        if (group is not IFusedRelative fused || session.Tangents(regime, dtype, group.AlgebraDim) is not { } step)
            return;
        var origin = group.Exp(session.Tangents(TangentRegime.Generic, dtype, group.AlgebraDim)!);
        var target = group.Compose(origin, group.Exp(step));
        if (fused.RelativeLog(origin, target) is not { } actual) return;
        var expected = group.Log(group.Between(origin, target));
        if (regime == TangentRegime.NearCut)
            (actual, expected) = (group.ToMatrix(group.Exp(actual)), group.ToMatrix(group.Exp(expected)));
        session.Record("fused logarithm = Log(Between)", regime, actual, expected, LogTolerance);
    }

    /// <summary>Gaps between points as boxes, shape (n, n).</summary>
    private static Tensor Gaps(SearchSpace space, Tensor elements)
    {
        var coordinates = space.Coordinates(elements.to(ScalarType.Float64));
        var (p, n) = (space.Dimension, coordinates.Length / space.Dimension);
        var gaps = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var point = coordinates.AsSpan(i * p, p);
                double[] box = [.. coordinates.AsSpan(j * p, p), .. coordinates.AsSpan(j * p, p)];
                gaps[i, j] = Math.Max(
                    space.Gap(box, point), space.GapBetween(box, [.. point, .. point]));
            }
        return tensor(gaps).to(elements.dtype);
    }

    /// <summary>What the pair form gives for all pairs: without a limit, with one above and with one below.</summary>
    private sealed class FormOfPairs(Tensor elements, Tensor distances) : IPairSearch
    {
        private Tensor[] _found = [];

        public Tensor Unlimited => _found[0];

        public Tensor BelowLimit => _found[1];

        public Tensor BeyondLimit => _found[2];

        public void Run<TDistance>(TDistance distance) where TDistance : struct, IPairDistance
        {
            var (dtype, e) = (elements.dtype, (int)elements.shape[1]);
            var numbers = elements.to(ScalarType.Float64).contiguous().data<double>().ToArray();
            var expected = distances.to(ScalarType.Float64).contiguous().data<double>().ToArray();
            var n = numbers.Length / e;
            Tensor With(Func<double, double> limit)
            {
                var found = new double[n, n];
                for (var i = 0; i < n; i++)
                    for (var j = 0; j < n; j++)
                        found[i, j] = distance.Of(
                            numbers.AsSpan(i * e, e), numbers.AsSpan(j * e, e), limit(expected[i * n + j]));
                return tensor(found).to(dtype).unsqueeze(0);
            }
            _found = [With(_ => double.PositiveInfinity), With(exact => 2 * exact + 1), With(exact => exact / 2)];
        }
    }
}
