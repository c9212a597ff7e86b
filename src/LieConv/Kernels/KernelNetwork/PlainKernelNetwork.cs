using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The kernel network as a function of its parameters, in plain tensor operations: derivatives of any
/// order.</summary>
internal static class PlainKernelNetwork
{
    /// <summary>Evaluates; statistics of the batch are formed anew, so that gradients flow through them.</summary>
    public static Tensor Apply(KernelNetworkTensors on)
    {
        var (relative, mask, parameters, mean, variance, call) = on;
        var x = relative;
        for (var layer = 0; layer < KernelCall.Layers; layer++)
        {
            var first = layer * call.TensorsPerLayer;
            x = nn.functional.linear(x, parameters[first], parameters[first + 1]);
            if (!call.HasNorm)
            {
                x = call.Activation.Apply(x);
                continue;
            }
            var (start, units) = KernelCall.Units(layer);
            var statistics = call.OfBatch
                ? PlainNorm.Statistics(x, mask)
                : (mean!.narrow(0, start, units), variance!.narrow(0, start, units));
            var norm = new NormCall(NormCall.UsualFloor, call.Activation, call.OfBatch, call.Count);
            x = PlainNorm.Apply(
                x, mask, parameters[first + 2], parameters[first + 3], statistics.Item1, statistics.Item2, norm);
        }
        return mask is null ? x : x.masked_fill(mask.expand(x.shape[..^1]).logical_not().unsqueeze(-1), Scalars.Of(0));
    }
}
