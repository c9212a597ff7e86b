using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>
/// An explicit Runge-Kutta method as data: k_i = f(t + c_i h, y + h Σ_j a_ij k_j), y' = y + h Σ_i b_i k_i (Hairer,
/// Nørsett and Wanner, Solving Ordinary Differential Equations I, section II.1).
/// </summary>
/// <param name="Nodes">The c_i.</param>
/// <param name="Stages">The a_ij, one row for each stage; the first is empty.</param>
/// <param name="Weights">The b_i.</param>
internal sealed record ButcherTableau(double[] Nodes, double[][] Stages, double[] Weights)
{
    /// <summary>Σ_i weight_i k_i; terms with weight 0 are left out.</summary>
    public static Tensor Combine(IReadOnlyList<Tensor> slopes, double[] weights)
    {
        Tensor? sum = null;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0) continue;
            sum = sum is null ? slopes[i] * Scalars.Of(weights[i]) : sum.add(slopes[i], alpha: Scalars.Of(weights[i]));
        }
        return sum ?? zeros_like(slopes[0]);
    }
}
