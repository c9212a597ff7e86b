using static TorchSharp.torch;

namespace LieConv.Training.Randomness;

/// <summary>The order in which an epoch visits the examples: a fresh permutation that depends on seed and epoch
/// only.</summary>
internal sealed class EpochOrder(SeedSequence seeds, long count, int batch)
{
    private long _epoch = -1;
    private long[] _order = [];

    /// <summary>Steps of one epoch; the last one may have fewer examples than a batch.</summary>
    public long StepsPerEpoch { get; } = (count + batch - 1) / batch;

    /// <summary>The examples of a step, counted over the whole training.</summary>
    public ReadOnlySpan<long> ExamplesOf(long step)
    {
        var (epoch, position) = Math.DivRem(step, StepsPerEpoch);
        if (epoch != _epoch)
        {
            using var generator = seeds.CreateGenerator(RandomPurpose.Order, epoch);
            using var permutation = randperm(count, dtype: ScalarType.Int64, generator: generator);
            (_epoch, _order) = (epoch, permutation.data<long>().ToArray());
        }
        var start = (int)(position * batch);
        return _order.AsSpan(start, Math.Min(batch, _order.Length - start));
    }
}
