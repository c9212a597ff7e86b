using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Training.Randomness;

/// <summary>
/// Derives independent seeds from one: a function of (seed, purpose, index) alone. Since every step makes its own
/// generator, the number of the step is all the random state there is, and a resumed run draws what an uninterrupted
/// one would have drawn.
/// </summary>
/// <remarks>
/// Mixing: the finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014; constants of https://prng.di.unimi.it/splitmix64.c), applied once per word.
/// </remarks>
/// <param name="Root">The user's seed.</param>
public readonly record struct SeedSequence(long Root)
{
    /// <summary>The seed for one purpose and index.</summary>
    public ulong SeedOf(RandomPurpose purpose, long index)
    {
        var state = SplitMix64.Mix((ulong)Root + SplitMix64.Increment);
        state = SplitMix64.Mix((state ^ (ulong)purpose) + SplitMix64.Increment);
        return SplitMix64.Mix((state ^ (ulong)index) + SplitMix64.Increment);
    }

    /// <summary>A new generator on the CPU for one purpose and index; the caller disposes it.</summary>
    public Generator CreateGenerator(RandomPurpose purpose, long index) => new(SeedOf(purpose, index));
}
