using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Benchmarks;

/// <summary>The draws of one geometry, repeated for every item of a batch: what the reference network must be given where
/// ours draws once for all.</summary>
/// <param name="shared">The draws of the one geometry.</param>
internal sealed class RepeatedDraws(Draws shared) : Draws
{
    public override Tensor Angles(long[] shape, ScalarType dtype, Device device) =>
        shared.Angles([1, .. shape[1..]], dtype, device).expand(shape);

    public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
        shared.Quaternions([1, .. shape[1..]], dtype, device).expand([.. shape, 4]);

    public override Tensor Ranks(long[] shape, Device device) =>
        shared.Ranks([1, .. shape[1..]], device).expand(shape);

    public override long[] Starts(ReadOnlySpan<long> validCounts) =>
        [.. Enumerable.Repeat(shared.Starts(validCounts[..1])[0], validCounts.Length)];
}
