using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Systems;

/// <summary>What stays constant along a motion: momentum where the energy does not change under translations, angular
/// momentum where it does not change under rotations about the origin.</summary>
/// <remarks>States may have any leading dimensions, such as (b, 2, n, D) or whole trajectories (b, T, 2, n, D).</remarks>
public static class ConservedQuantities
{
    /// <summary>The total momentum Σ p.</summary>
    /// <param name="state">Positions and momenta, shape (..., 2, n, D).</param>
    /// <param name="mask">True for particles, shape (n), or (..., n) with the first of the state's leading dimensions;
    /// null where nothing is padded.</param>
    /// <returns>Shape (..., D).</returns>
    /// <exception cref="ArgumentException">A shape is not as described.</exception>
    public static Tensor LinearMomentum(Tensor state, Tensor? mask = null)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(PhaseSpace.Momenta(Valid(state, mask)).sum(-2));
    }

    /// <summary>The total angular momentum Σ q × p about the origin.</summary>
    /// <param name="state">Positions and momenta, shape (..., 2, n, D), D = 2 or 3.</param>
    /// <param name="mask">True for particles, shape (n), or (..., n) with the first of the state's leading dimensions;
    /// null where nothing is padded.</param>
    /// <returns>Shape (..., 1) in the plane, (..., 3) in space.</returns>
    /// <exception cref="ArgumentException">A shape is not as described, or D is neither 2 nor 3.</exception>
    public static Tensor AngularMomentum(Tensor state, Tensor? mask = null)
    {
        using var scope = NewDisposeScope();
        var valid = Valid(state, mask);
        var (q, p) = (PhaseSpace.Positions(valid), PhaseSpace.Momenta(valid));
        return scope.MoveToOuter(state.shape[^1] switch
        {
            2 => (q.select(-1, 0) * p.select(-1, 1) - q.select(-1, 1) * p.select(-1, 0)).sum(-1, keepdim: true),
            3 => linalg.cross(q, p).sum(-2),
            var dimension => throw new ArgumentException(
                $"Angular momentum is defined for 2 and 3 dimensions, not for {dimension}.", nameof(state)),
        });
    }

    private static Tensor Valid(Tensor state, Tensor? mask)
    {
        Guard.IsFloating(state, nameof(state));
        var shape = state.shape;
        if (shape.Length < 3 || shape[^3] != 2)
            throw new ArgumentException(
                $"state has shape ({string.Join(", ", shape)}); expected (..., 2, n, D).", nameof(state));
        if (mask is null) return state;
        Guard.OnDeviceOf(mask, nameof(mask), state);
        var (leading, own) = (shape[..^3], mask.shape);
        if (own.Length == 0 || own[^1] != shape[^2] || !leading.AsSpan().StartsWith(own.AsSpan(0, own.Length - 1))
            || mask.dtype != ScalarType.Bool)
            throw new ArgumentException(
                $"mask is {mask.dtype} of shape ({string.Join(", ", own)}); expected Bool of shape (..., {shape[^2]}) " +
                "with the first of the state's leading dimensions.", nameof(mask));
        long[] padded = [.. own[..^1], .. Enumerable.Repeat(1L, leading.Length - own.Length + 1), 1, shape[^2], 1];
        return state.masked_fill(mask.logical_not().reshape(padded), Scalars.Of(0));
    }
}
