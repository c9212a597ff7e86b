using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>Draws for passes that must not draw anything.</summary>
internal sealed class NoDraws : Draws
{
    public override Tensor Angles(long[] shape, ScalarType dtype, Device device) => throw Unexpected();

    public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) => throw Unexpected();

    public override Tensor Ranks(long[] shape, Device device) => throw Unexpected();

    public override long[] Starts(ReadOnlySpan<long> validCounts) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("Something was drawn.");
}
