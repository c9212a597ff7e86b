using static TorchSharp.torch;

namespace LieConv.Randomness;

/// <summary>Stabilizer draws that are all the identity, for sets that have been turned into a frame already; all else
/// is drawn from elsewhere.</summary>
/// <param name="others">Where neighbours and subsamples come from.</param>
internal sealed class Unturned(Draws others) : Draws, ITieRanks
{
    public IReadOnlyList<ulong>? TieSeeds => (others as ITieRanks)?.TieSeeds;

    public override Tensor Angles(long[] shape, ScalarType dtype, Device device) =>
        zeros(shape, dtype: dtype, device: device);

    public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
        tensor([1.0, 0, 0, 0], dtype: dtype, device: device).expand([.. shape, 4]);

    public override Tensor Ranks(long[] shape, Device device) => others.Ranks(shape, device);

    public override long[] Starts(ReadOnlySpan<long> validCounts) => others.Starts(validCounts);
}
