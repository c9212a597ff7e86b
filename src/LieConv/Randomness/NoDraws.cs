using static TorchSharp.torch;

namespace LieConv.Randomness;

/// <summary>No draws at all: for networks that must be one function of their inputs, such as an energy. Whatever asks
/// for a draw fails.</summary>
public sealed class NoDraws : Draws
{
    private NoDraws()
    {
    }

    /// <summary>The instance.</summary>
    public static NoDraws Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor Angles(long[] shape, ScalarType dtype, Device device) => throw Refusal();

    /// <inheritdoc/>
    public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) => throw Refusal();

    /// <inheritdoc/>
    public override Tensor Ranks(long[] shape, Device device) => throw Refusal();

    /// <inheritdoc/>
    public override long[] Starts(ReadOnlySpan<long> validCounts) => throw Refusal();

    private static InvalidOperationException Refusal() => new(
        "A random draw was asked for where the network must be the same function at every evaluation; " +
        "use framed lifts and no random neighbourhoods or subsamples.");
}
