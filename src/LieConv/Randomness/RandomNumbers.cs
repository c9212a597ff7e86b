using static TorchSharp.torch;

namespace LieConv.Randomness;

/// <summary>
/// Random numbers of one purpose (<see cref="SplitMix64"/>). A sequence follows from a seed and keys alone, so
/// that what a query draws does not depend on the order in which queries are served.
/// </summary>
internal struct RandomNumbers(ulong state)
{
    private ulong _state = state;

    /// <summary>A seed from four ranks: a large set draws no more of <see cref="Draws"/> than these.</summary>
    public static ulong Seed(Draws draws)
    {
        using var scope = NewDisposeScope();
        var seed = 0ul;
        foreach (var rank in draws.Ranks([4], CPU).to(ScalarType.Float64).data<double>())
            seed = (seed << 16) | (ulong)(rank * 65536);
        return seed;
    }

    /// <summary>The sequence of a seed and two keys.</summary>
    public static RandomNumbers Create(ulong seed, long first, long second) =>
        new(Keyed(Keyed(seed, first), second));

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => SplitMix64.Mix(_state += SplitMix64.Increment);

    /// <summary>A number from 0 to count - 1; its bias of count / 2^64 is nothing.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>The bits that belong to a key in this sequence.</summary>
    public readonly ulong At(int key) => Keyed(_state, key);

    private static ulong Keyed(ulong state, long key) =>
        SplitMix64.Mix(state + SplitMix64.Increment * (ulong)(key + 1));
}
