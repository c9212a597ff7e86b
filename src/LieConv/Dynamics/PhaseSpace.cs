using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>
/// States of b systems of n particles in D dimensions: positions, then momenta, shape (b, 2, n, D). Flattened they have
/// the original's order (q, p).
/// </summary>
public static class PhaseSpace
{
    /// <summary>Positions of the particles, shape (b, n, D).</summary>
    /// <exception cref="ArgumentException">If the state has another shape than (..., 2, n, D).</exception>
    public static Tensor Positions(Tensor state) => Half(state, 0);

    /// <summary>Momenta of the particles, shape (b, n, D).</summary>
    /// <exception cref="ArgumentException">If the state has another shape than (..., 2, n, D).</exception>
    public static Tensor Momenta(Tensor state) => Half(state, 1);

    /// <summary>The state of positions and momenta, shape (b, 2, n, D).</summary>
    /// <exception cref="ArgumentException">If the two differ in shape, type or device.</exception>
    public static Tensor Join(Tensor positions, Tensor momenta)
    {
        Guard.HoldsNumbers(positions, nameof(positions));
        Guard.Like(momenta, nameof(momenta), positions, nameof(positions));
        var shape = positions.shape;
        if (shape.Length < 2 || !momenta.shape.AsSpan().SequenceEqual(shape))
            throw new ArgumentException(
                $"positions have shape ({string.Join(", ", shape)}) and momenta ({string.Join(", ", momenta.shape)}); " +
                "expected the same, (..., n, D).");
        return stack([positions, momenta], -3);
    }

    /// <summary>Positions relative to the mean of the valid ones, shape (b, n, D); 0 for padding.</summary>
    /// <exception cref="ArgumentException">If a shape or type does not fit.</exception>
    public static Tensor Centred(Tensor positions, Tensor? mask)
    {
        Guard.IsFloating(positions, nameof(positions));
        if (positions.dim() < 2)
            throw new ArgumentException(
                $"positions has shape ({string.Join(", ", positions.shape)}); expected (..., n, D).", nameof(positions));
        Guard.IsRowMask(mask, positions.shape.AsSpan(..^1), nameof(mask), positions);
        using var scope = NewDisposeScope();
        if (mask is null) return scope.MoveToOuter(positions - positions.mean([-2L], keepdim: true));
        var padding = mask.logical_not().unsqueeze(-1);
        var valid = positions.masked_fill(padding, Scalars.Of(0));
        var mean = valid.sum(-2, keepdim: true) / mask.sum(-1).clamp(min: Scalars.Of(1)).unsqueeze(-1).unsqueeze(-1);
        return scope.MoveToOuter((valid - mean).masked_fill(padding, Scalars.Of(0)));
    }

    /// <summary>Requires states (b, 2, n, D) and systems of as many particles.</summary>
    internal static void Check(Tensor state, ParticleSystems systems, int dimensions, int parameters)
    {
        Guard.HasShape(state, nameof(state), "(b, 2, n, D)", null, 2, null, dimensions);
        var (b, n) = (state.shape[0], state.shape[2]);
        Guard.IsFloating(state, nameof(state));
        Guard.HasShape(systems.Parameters, nameof(systems.Parameters), "(b, n, c)", b, n, parameters);
        Guard.Like(systems.Parameters, nameof(systems.Parameters), state, nameof(state));
        Guard.IsRowMask(systems.Mask, [b, n], nameof(systems.Mask), state);
        if (systems.FrameTurns is not { } turns) return;
        Guard.HasShape(turns, nameof(systems.FrameTurns), "(b)", b);
        Guard.OnDeviceOf(turns, nameof(systems.FrameTurns), state);
    }

    private static Tensor Half(Tensor state, long half)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.dim() < 3 || state.shape[^3] != 2)
            throw new ArgumentException(
                $"state has shape ({string.Join(", ", state.shape)}); expected (..., 2, n, D).", nameof(state));
        return state.select(-3, half);
    }
}
