namespace LieConv.Datasets.Molecules;

/// <summary>
/// NumPy's RandomState(seed), as far as permutation(n) needs it: the Mersenne twister MT19937 (Matsumoto and
/// Nishimura, ACM TOMACS 8, 1998) with the seeding of 2002, and a Fisher-Yates shuffle from the end with draws that are
/// masked to the next power of two and rejected where too large. NumPy keeps this stream frozen.
/// </summary>
public sealed class LegacyRandom
{
    private const int Length = 624;
    private const int Middle = 397;
    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    /// <summary>Seeds the generator.</summary>
    public LegacyRandom(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Length; i++)
            _state[i] = 1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextBits()
    {
        if (_next == Length) Renew();
        var bits = _state[_next++];
        bits ^= bits >> 11;
        bits ^= (bits << 7) & 0x9d2c5680u;
        bits ^= (bits << 15) & 0xefc60000u;
        return bits ^ (bits >> 18);
    }

    /// <summary>The numbers from 0 to n - 1 in random order.</summary>
    /// <param name="count">n, 0 or more.</param>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        for (var last = count - 1; last > 0; last--)
        {
            var other = (int)Below((uint)last);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    /// <summary>A number from 0 to the largest, itself included.</summary>
    private uint Below(uint largest)
    {
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(largest);
        while (true)
        {
            var value = NextBits() & mask;
            if (value <= largest) return value;
        }
    }

    private void Renew()
    {
        for (var i = 0; i < Length; i++)
        {
            var pair = (_state[i] & 0x80000000u) | (_state[(i + 1) % Length] & 0x7fffffffu);
            _state[i] = _state[(i + Middle) % Length] ^ (pair >> 1) ^ ((pair & 1) == 0 ? 0 : 0x9908b0dfu);
        }

        _next = 0;
    }
}
