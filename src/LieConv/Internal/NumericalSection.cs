using static TorchSharp.torch;

namespace LieConv.Internal;

/// <summary>Group elements that carry origins to points, from the generators alone.</summary>
/// <remarks>Gauss-Newton in the group: u ← exp(a) u with the least a whose velocity at u·o is the distance left. The
/// targets move along the straight path from origin to point, so that every step starts near its solution. The
/// solution is found without derivatives; two more steps, differentiated, give first and second derivatives, since each
/// Newton step doubles the order to which it agrees with the solution.</remarks>
/// <param name="name">The group's name, for messages.</param>
/// <param name="basis">Its algebra.</param>
internal sealed class NumericalSection(string name, AlgebraBasis basis)
{
    private const int PathSteps = 16;
    private const int FinalSteps = 12;

    /// <summary>The matrices, shape (..., r, r).</summary>
    /// <exception cref="ArgumentException">If a point is not reached from its origin.</exception>
    public Tensor Solve(Tensor origins, Tensor points)
    {
        var (origin, target) = (origins.detach(), points.detach());
        Tensor lifts;
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            var found = eye(basis.Rows, dtype: points.dtype, device: points.device)
                .expand([.. points.shape[..^1], basis.Rows, basis.Rows]);
            for (var step = 1; step <= PathSteps + FinalSteps; step++)
                found = Step(found, origin, origin + (target - origin) * Math.Min(1.0, (double)step / PathSteps), 1);
            Check(found, origin, target);
            lifts = scope.MoveToOuter(found);
        }
        if (!points.requires_grad && !origins.requires_grad) return lifts;
        lifts = Step(lifts, origins, points, double.PositiveInfinity);
        return Step(lifts, origins, points, double.PositiveInfinity);
    }

    private Tensor Step(Tensor lifts, Tensor origins, Tensor targets, double longest)
    {
        var reached = MatrixAction.Apply(lifts, origins);
        var velocities = MatrixAction.Velocities(basis.Generators(lifts.dtype, lifts.device), reached);  // (..., D, d)
        var transposed = velocities.transpose(-1, -2);
        var gram = velocities.matmul(transposed);
        // Directions that leave the orbit have no velocity: a damping far below the others makes them harmless.
        var damping = lifts.dtype == ScalarType.Float64 ? 1e-11 : 1e-6;
        var size = gram.diagonal(0, -2, -1).sum(-1).detach().unsqueeze(-1).unsqueeze(-1);
        gram = gram + eye(targets.shape[^1], dtype: lifts.dtype, device: lifts.device) * (size * damping + 1e-30);
        var tangent = transposed.matmul(linalg.solve(gram, (targets - reached).unsqueeze(-1))).squeeze(-1);
        if (double.IsFinite(longest)) tangent = tangent / (tangent.norm(-1, keepdim: true) / longest).clamp_min(1);
        return linalg.matrix_exp(basis.Hat(tangent)).matmul(lifts);
    }

    private void Check(Tensor lifts, Tensor origins, Tensor targets)
    {
        var gaps = (MatrixAction.Apply(lifts, origins) - targets).norm(-1) / (targets.norm(-1) + origins.norm(-1));
        var tolerance = targets.dtype == ScalarType.Float64 ? 1e-7 : 1e-3;
        var missed = (gaps > tolerance).logical_or(gaps.isnan()).flatten();
        if (!missed.any().item<bool>()) return;
        var index = missed.to_type(ScalarType.Int64).argmax().item<long>();
        throw new ArgumentException(
            $"{name} does not carry its origin {Text(origins, index)} to the point {Text(targets, index)}: " +
            "the point lies on another orbit; expected an Orbit and an Origin that tell its orbit.", nameof(targets));
    }

    private static string Text(Tensor points, long index)
    {
        var point = points.reshape(-1, points.shape[^1])[index].to_type(ScalarType.Float64).cpu();
        var values = point.data<double>().ToArray();
        return "(" + string.Join(", ", values.Select(v => FormattableString.Invariant($"{v:G4}"))) + ")";
    }
}
