using LieConv.Internal;
using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>
/// States of b systems of n particles in D dimensions: positions, then momenta, shape (b, 2, n, D). Flattened they have
/// the original's order (q, p).
/// </summary>
public static class PhaseSpace
{
    /// <summary>Positions of the particles, shape (b, n, D).</summary>
    public static Tensor Positions(Tensor state) => state.select(-3, 0);

    /// <summary>Momenta of the particles, shape (b, n, D).</summary>
    public static Tensor Momenta(Tensor state) => state.select(-3, 1);

    /// <summary>The state of positions and momenta, shape (b, 2, n, D).</summary>
    public static Tensor Join(Tensor positions, Tensor momenta) => stack([positions, momenta], -3);

    /// <summary>Positions relative to the mean of the valid ones, shape (b, n, D); 0 for padding.</summary>
    public static Tensor Centred(Tensor positions, Tensor? mask)
    {
        if (mask is null) return positions - positions.mean([-2L], keepdim: true);
        var padding = mask.logical_not().unsqueeze(-1);
        var valid = positions.masked_fill(padding, 0);
        var mean = valid.sum(-2, keepdim: true) / mask.sum(-1).clamp(min: 1).unsqueeze(-1).unsqueeze(-1);
        return (valid - mean).masked_fill(padding, 0);
    }

    /// <summary>Requires states (b, 2, n, D) and systems of as many particles.</summary>
    internal static void Check(Tensor state, ParticleSystems systems, int dimensions, int parameters)
    {
        Guard.HasShape(state, nameof(state), "(b, 2, n, D)", null, 2, null, dimensions);
        var (b, n) = (state.shape[0], state.shape[2]);
        Guard.HasShape(systems.Parameters, nameof(systems.Parameters), "(b, n, c)", b, n, parameters);
        Guard.IsRowMask(systems.Mask, [b, n], nameof(systems.Mask));
    }
}
