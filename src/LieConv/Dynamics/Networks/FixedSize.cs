using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>The limit of networks that are wired to a number of particles.</summary>
internal static class FixedSize
{
    /// <summary>Requires that many particles.</summary>
    /// <param name="positions">Shape (b, n, D).</param>
    /// <param name="particles">What n must be.</param>
    /// <param name="name">Parameter, for the message.</param>
    public static void Check(Tensor positions, int particles, string name)
    {
        var n = positions.shape[1];
        if (n != particles)
            throw new ArgumentException(
                $"{name} has {n} particles, but the network was built for {particles}; " +
                "expected that many, with a mask where a system has fewer.", name);
    }
}
