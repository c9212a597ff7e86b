using System.Runtime.CompilerServices;

namespace LieConv.Randomness;

/// <summary>Numbers in [0, 1), each a hash of a seed and its place: any of them alone, or all.</summary>
internal readonly struct HashedRankSequence(RandomNumbers numbers) : IRanks
{
    /// <summary>What 2^24 steps of float32 below 1 are multiplied by.</summary>
    private const float Unit = 1f / (1 << 24);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float At(int place)
    {
        var (even, odd) = Two(place / 2);
        return (place & 1) == 0 ? even : odd;
    }

    /// <summary>The numbers at twice a place and at the next, which one hash gives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (float Even, float Odd) Two(int half)
    {
        var bits = numbers.At(half);
        return ((bits >> 40) * Unit, ((bits >> 8) & 0xFFFFFF) * Unit);
    }
}
