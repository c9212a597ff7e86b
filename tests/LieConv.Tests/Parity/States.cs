using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>The original's flat states as ours.</summary>
public static class States
{
    /// <summary>A flat state (b, 2nD), positions first, as (b, 2, n, D).</summary>
    /// <param name="flat">The state.</param>
    /// <param name="parameters">The particles' parameters (b, n, c), which tell n.</param>
    public static Tensor Of(Tensor flat, Tensor parameters)
    {
        var (b, n) = (parameters.shape[0], parameters.shape[1]);
        return flat.view(b, 2, n, flat.shape[1] / (2 * n));
    }
}
