using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Group elements that carry origins to points by a product of exponentials, for points that one exponential
/// does not reach.</summary>
/// <remarks>Gauss-Newton in the group: u ← exp(a) u with the least a whose velocity at u·o is the distance left. The
/// targets move along the straight path from origin to point, so that every step starts near its solution. Where the
/// stabilizer is trivial the solution depends on the point alone, and two steps with derivatives give the first and
/// second. Otherwise it depends on the path, and all steps are differentiated.</remarks>
/// <param name="basis">The algebra.</param>
/// <param name="isFree">Whether the stabilizer is trivial.</param>
internal sealed class SectionPath(AlgebraBasis basis, bool isFree)
{
    private const int PathSteps = 16;
    private const int FinalSteps = 12;

    /// <summary>Longest step, as the norm of its balanced matrix.</summary>
    private const double LongestStep = 1;

    /// <summary>The matrices for origins and points (n, D), shape (n, r, r).</summary>
    public Tensor Follow(Tensor origins, Tensor points)
    {
        var start = eye(basis.Rows, dtype: points.dtype, device: points.device)
            .expand([points.shape[0], basis.Rows, basis.Rows]);
        var graph = is_grad_enabled() && (origins.requires_grad || points.requires_grad);
        if (graph && !isFree) return Steps(start, origins, points);
        Tensor lifts;
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            lifts = scope.MoveToOuter(Steps(start, origins.detach(), points.detach()));
        }
        return graph ? Step(Step(lifts, origins, points), origins, points) : lifts;
    }

    private Tensor Steps(Tensor lifts, Tensor origins, Tensor points)
    {
        for (var step = 1; step <= PathSteps + FinalSteps; step++)
            lifts = Step(
                lifts, origins, origins + (points - origins) * Scalars.Of(Math.Min(1.0, (double)step / PathSteps)));
        return lifts;
    }

    private Tensor Step(Tensor lifts, Tensor origins, Tensor targets)
    {
        var reached = MatrixAction.Apply(lifts, origins);
        var velocities = MatrixAction.Velocities(basis.Generators(lifts.dtype, lifts.device), reached);  // (n, D, d)
        var transposed = velocities.transpose(-1, -2);
        var gram = velocities.matmul(transposed);
        // Directions that leave the orbit have no velocity: a damping far below the others makes them harmless.
        var size = gram.diagonal(0, -2, -1).sum(-1).detach().unsqueeze(-1).unsqueeze(-1);
        var damping = size * Scalars.Of(1e-11) + Scalars.Of(1e-30);
        gram = gram + eye(targets.shape[^1], dtype: lifts.dtype, device: lifts.device) * damping;
        var inverse = SafeInverse.Compute(gram);
        var tangent = transposed.matmul(inverse.matmul((targets - reached).unsqueeze(-1))).squeeze(-1);
        var matrix = basis.Hat(tangent);
        var length = MatrixBalance.Apply(matrix, MatrixBalance.Scales(matrix)).square().sum([-2L, -1L], keepdim: true);
        var shrink = (length / Scalars.Of(LongestStep * LongestStep)).clamp_min(Scalars.Of(1)).sqrt();
        return MatrixExponential.Compute(matrix / shrink).matmul(lifts);
    }
}
