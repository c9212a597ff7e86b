using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Weights that make a network's outputs depend on places as much as on values; as initialised they hardly do.
/// </summary>
internal static class SteepWeights
{
    /// <summary>Makes all weights of a network three times as large.</summary>
    public static void Of(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        foreach (var parameter in network.parameters()) parameter.mul_(3);
    }
}
