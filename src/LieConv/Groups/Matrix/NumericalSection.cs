using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Group elements that carry origins to points, from the generators alone.</summary>
/// <remarks>
/// <para>The section is u(x) = exp(a) with u(x) o = x and a in one fixed complement of the stabilizer's algebra, the
/// one at right angles to it in a metric that the stabilizer keeps (<see cref="Stabilizer"/>). Many elements carry o to
/// x; the complement makes u a function of x, whose derivatives are those of the solution. It also turns with its point
/// under the stabilizer, u(h x) = h u(x) h⁻¹.</para>
/// <para>Newton's method finds a, without derivatives and from several starts; two more steps with the constant inverse
/// of the derivative there give first and second derivatives, since each carries one more order to the solution.</para>
/// <para>Points that no single exponential reaches are lifted along a path of several (<see cref="SectionPath"/>).
/// </para>
/// </remarks>
/// <param name="name">The group's name, for messages.</param>
/// <param name="basis">Its algebra.</param>
/// <param name="stabilizer">Of the origins.</param>
internal sealed class NumericalSection(string name, AlgebraBasis basis, Stabilizer stabilizer)
{
    private const int MostSteps = 48;
    private const int MostStepsOfOtherStarts = 12;

    /// <summary>A relative step after which Newton's method is at round-off.</summary>
    private const double Enough = 1e-12;

    /// <summary>Longest Newton step, as the norm of its balanced matrix.</summary>
    private const double LongestStep = 1;

    /// <summary>Another start along each axis of the chart, where 0 leads nowhere as on the far side of a sphere.
    /// </summary>
    private const double OtherStart = 1.5;

    /// <summary>The matrices of origins (n, D) and points (n, D), both in double precision, shape (n, r, r).</summary>
    /// <param name="origins">An origin for each point.</param>
    /// <param name="points">The points.</param>
    /// <param name="tolerance">How far a point may be off its orbit, relative to its size.</param>
    /// <exception cref="ArgumentException">If a point is not reached from its origin.</exception>
    public Tensor Solve(Tensor origins, Tensor points, double tolerance)
    {
        var graph = is_grad_enabled() && (origins.requires_grad || points.requires_grad);
        var (o, x) = (origins.detach(), points.detach());
        if (stabilizer.Rank == 0)
        {
            var still = eye(basis.Rows, dtype: points.dtype, device: points.device)
                .expand([points.shape[0], basis.Rows, basis.Rows]);
            Check(still, o, x, tolerance);
            return still;
        }
        Tensor chart, found, missed;
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            chart = scope.MoveToOuter(Chart(o));
            (found, missed) = Find(chart, o, x, tolerance);
            (found, missed) = (scope.MoveToOuter(found), scope.MoveToOuter(missed));
        }
        var lifts = Lifts(found, chart, origins);
        if (graph)
        {
            Tensor inverse;
            using (no_grad()) inverse = LeastSquares.Inverse(Jacobian(Tangents(found, chart, o), chart, o));
            var value = found;
            for (var step = 0; step < 2; step++)
                value = value + Apply(inverse, points - MatrixAction.Apply(Lifts(value, chart, origins), origins));
            lifts = Lifts(value, chart, origins);
        }
        if (missed.numel() == 0) return lifts;
        var (far, away) = (origins.index_select(0, missed), points.index_select(0, missed));
        var path = new SectionPath(basis, stabilizer.Dimension == 0).Follow(far, away);
        Check(path, far, away, tolerance);
        return lifts.index_copy(0, missed, path);
    }

    /// <summary>Bases Q of the directions in which the group moves origins, in units of their speeds, shape (n, D, ρ).
    /// Tangents of the chart are a = W⁻¹ Vᵀ Q c with the velocities V at the origin and the metric W.</summary>
    private Tensor Chart(Tensor origins)
    {
        var (left, sizes, _) = linalg.svd(Velocities(origins), fullMatrices: false);
        var rank = stabilizer.Rank;
        var least = sizes.select(-1, rank - 1) / sizes.select(-1, 0);
        var still = (least > Scalars.Of(Stabilizer.Tolerance)).logical_not().nonzero().squeeze(1);
        if (still.numel() > 0)
            throw new ArgumentException(
                $"More elements of {name} fix the origin {Text(origins, still[0].item<long>())} than other origins, " +
                "so that no lift of its orbit is equivariant; expected points of other orbits.", nameof(origins));
        return left.narrow(-1, 0, rank) / sizes.narrow(-1, 0, rank).unsqueeze(-2);
    }

    private (Tensor Found, Tensor Missed) Find(Tensor chart, Tensor origins, Tensor points, double tolerance)
    {
        var rank = stabilizer.Rank;
        var found = zeros([origins.shape[0], rank], dtype: points.dtype, device: points.device);
        var missed = Rows.All(origins);
        for (var start = 0; start <= 2 * rank && missed.numel() > 0; start++)
        {
            var (c, o, x) = (
                chart.index_select(0, missed), origins.index_select(0, missed), points.index_select(0, missed));
            var from = zeros([missed.numel(), rank], dtype: points.dtype, device: points.device);
            if (start > 0)
                from.select(1, (start - 1) / 2).fill_(Scalars.Of(start % 2 == 1 ? OtherStart : -OtherStart));
            var solution = Newton(from, c, o, x, start == 0 ? MostSteps : MostStepsOfOtherStarts);
            var gap = (MatrixAction.Apply(Lifts(solution, c, o), o) - x).norm(-1) / (x.norm(-1) + o.norm(-1));
            var reached = gap <= Scalars.Of(tolerance);
            var zero = (x == o).all(-1);
            reached = reached.logical_or(zero);
            var these = reached.nonzero().squeeze(1);
            found.index_copy_(0, missed.index_select(0, these), solution.index_select(0, these));
            missed = missed.index_select(0, reached.logical_not().nonzero().squeeze(1));
        }
        return (found, missed);
    }

    private Tensor Newton(Tensor start, Tensor chart, Tensor origins, Tensor points, int mostSteps)
    {
        var value = start;
        var active = Rows.All(start);
        for (var step = 0; step < mostSteps && active.numel() > 0; step++)
        {
            var (v, c, o) = (
                value.index_select(0, active), chart.index_select(0, active), origins.index_select(0, active));
            var gap = points.index_select(0, active) - MatrixAction.Apply(Lifts(v, c, o), o);
            var change = Apply(LeastSquares.Inverse(Jacobian(Tangents(v, c, o), c, o)), gap);
            var matrix = basis.Hat(Tangents(change, c, o));
            var length = MatrixBalance.Apply(matrix, MatrixBalance.Scales(matrix)).square().sum([-2L, -1L]).sqrt()
                .unsqueeze(-1);
            value.index_copy_(0, active, v + change / (length / Scalars.Of(LongestStep)).clamp_min(Scalars.Of(1)));
            var size = v.norm(-1, keepdim: true) + Scalars.Of(1);
            active = active.index_select(0, (length > size * Scalars.Of(Enough)).squeeze(1).nonzero().squeeze(1));
        }
        return value;
    }

    /// <summary>How exp(a) o changes along the chart, shape (n, D, ρ).</summary>
    private Tensor Jacobian(Tensor tangents, Tensor chart, Tensor origins)
    {
        var reached = MatrixAction.Apply(MatrixExponential.Compute(basis.Hat(tangents)), origins);
        return Velocities(reached).matmul(MatrixExponential.Quotient(basis.Brackets(tangents)))
            .matmul(Directions(chart, origins));
    }

    private Tensor Lifts(Tensor value, Tensor chart, Tensor origins) =>
        MatrixExponential.Compute(basis.Hat(Tangents(value, chart, origins)));

    private Tensor Tangents(Tensor value, Tensor chart, Tensor origins) => Apply(Directions(chart, origins), value);

    /// <summary>The tangents of the chart's axes, shape (n, d, ρ).</summary>
    private Tensor Directions(Tensor chart, Tensor origins) =>
        stabilizer.Raise(Velocities(origins).transpose(-1, -2).matmul(chart));

    private Tensor Velocities(Tensor points) =>
        MatrixAction.Velocities(basis.Generators(points.dtype, points.device), points);

    private static Tensor Apply(Tensor matrix, Tensor vector) => matrix.matmul(vector.unsqueeze(-1)).squeeze(-1);

    private void Check(Tensor lifts, Tensor origins, Tensor targets, double tolerance)
    {
        using var quiet = no_grad();
        var gaps = (MatrixAction.Apply(lifts, origins) - targets).norm(-1) / (targets.norm(-1) + origins.norm(-1));
        var missed = (gaps <= Scalars.Of(tolerance)).logical_not().nonzero().squeeze(1);
        if (missed.numel() == 0) return;
        var index = missed[0].item<long>();
        throw new ArgumentException(
            $"{name} does not carry its origin {Text(origins, index)} to the point {Text(targets, index)}: " +
            "the point lies on another orbit; expected an Orbit and an Origin that tell its orbit.", nameof(targets));
    }

    private static string Text(Tensor points, long index)
    {
        var values = points.detach()[index].cpu().data<double>().ToArray();
        return "(" + string.Join(", ", values.Select(v => FormattableString.Invariant($"{v:G4}"))) + ")";
    }
}
