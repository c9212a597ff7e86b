using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The distance of SE(3) for all pairs without a logarithm.</summary>
internal static class ScrewDistances
{
    /// <summary>alpha · θ + (1 - alpha) · |V⁻¹ t| for the relative motions (θ, t) of two sets of elements.</summary>
    /// <remarks>V⁻¹ keeps the part of t along the axis of rotation and stretches the part across it by
    /// (θ/2) / sin(θ/2). Seen in space, t is the difference d of the positions and the axis times sin(θ/2) the vector
    /// part c of q_u q_v⁻¹, so that |V⁻¹ t|² = k² |d|² + (1 - k²) (d·c)² / sin²(θ/2) with the stretch k.</remarks>
    /// <param name="u">Queries, shape (g, k, 1, 7).</param>
    /// <param name="v">Support, shape (g, 1, n, 7).</param>
    /// <param name="alpha">Weight of the angle.</param>
    public static Tensor Pairs(Tensor u, Tensor v, double alpha)
    {
        var angle = PairwiseDistances.Rotational(u.narrow(-1, 0, 4), v.narrow(-1, 0, 4));
        var (a, b) = (u.unbind(-1), v.unbind(-1));
        // q_u times the conjugate of q_v: its vector part, one (g, k, n) tensor a component.
        var cx = a[1] * b[0] - a[0] * b[1] - (a[2] * b[3] - a[3] * b[2]);
        var cy = a[2] * b[0] - a[0] * b[2] - (a[3] * b[1] - a[1] * b[3]);
        var cz = a[3] * b[0] - a[0] * b[3] - (a[1] * b[2] - a[2] * b[1]);
        var (dx, dy, dz) = (a[4] - b[4], a[5] - b[5], a[6] - b[6]);
        var stretchSquared = (angle / Scalars.Of(2 * Math.PI)).sinc().pow(Scalars.Of(-2));
        var along = (dx * cx + dy * cy + dz * cz).square() /
            (angle / Scalars.Of(2)).sin().square().clamp_min(Scalars.Of(1e-12));
        var squared = stretchSquared * (dx * dx + dy * dy + dz * dz) + (Scalars.Of(1) - stretchSquared) * along;
        var length = squared.clamp_min(Scalars.Of(0)).sqrt();
        return angle * Scalars.Of(alpha) + length * Scalars.Of(1 - alpha);
    }
}
