using System.Runtime.CompilerServices;

namespace LieConv.Randomness;

/// <summary>
/// A small generator whose numbers never change with a library's version, so that a seed names the same data set for
/// ever. Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; constants of
/// https://prng.di.unimi.it/splitmix64.c.
/// </summary>
/// <param name="state">The seed.</param>
public sealed class SplitMix64(ulong state)
{
    /// <summary>What the state grows by at each number: 2^64 over the golden ratio, odd.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state = state;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state += Increment;
        return Mix(_state);
    }

    /// <summary>The finaliser of the generator: every bit of the result depends on every bit of z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>The numbers 0 to count - 1 in random order (Fisher-Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)(NextUnit() * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
