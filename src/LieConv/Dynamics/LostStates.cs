using LieConv.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>States that hold what is not finite, because a motion ran away or an adaptive step tried too far.</summary>
/// <remarks>Networks refuse such coordinates. A solver, however, must be told by numbers, and the other systems of the
/// batch go on.</remarks>
internal static class LostStates
{
    /// <summary>The network's slopes; those of lost systems are not numbers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">Shape (b, 2, n, D).</param>
    /// <param name="systems">Parameters and mask.</param>
    public static Tensor Slope(DynamicsNetwork network, Tensor state, ParticleSystems systems)
    {
        PhaseSpace.Check(state, systems, network.Dimensions, network.Parameters);
        // Elsewhere nothing is refused, and looking would wait for the device.
        if (state.device_type != DeviceType.CPU) return network.call(state, systems);
        using var scope = NewDisposeScope();
        if (Find(state, systems.Mask) is not { } lost) return scope.MoveToOuter(network.call(state, systems));
        var slope = network.call(state.masked_fill(lost, Scalars.Of(0.0)), systems);
        return scope.MoveToOuter(slope.masked_fill(lost, Scalars.Of(double.NaN)));
    }

    /// <summary>Which systems are lost, shape (b, 1, 1, 1); null where none is.</summary>
    private static Tensor? Find(Tensor state, Tensor? mask)
    {
        var lost = state.detach().isfinite().logical_not();
        if (!lost.any().item<bool>()) return null;
        if (mask is not null) lost = lost.logical_and(mask.unsqueeze(1).unsqueeze(-1));
        lost = lost.flatten(1).any(1).reshape(-1, 1, 1, 1);
        return lost.any().item<bool>() ? lost : null;
    }
}
