using static TorchSharp.torch;

namespace LieConv.Randomness;

/// <summary>
/// Random numbers of one purpose (SplitMix64, Steele et al. 2014). A sequence follows from a seed and keys alone, so
/// that what a query draws does not depend on the order in which queries are served.
/// </summary>
internal struct RandomNumbers(ulong state)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

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
    public static RandomNumbers Of(ulong seed, long first, long second) =>
        new(Mixed(Mixed(seed + Step * (ulong)(first + 1)) + Step * (ulong)(second + 1)));

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mixed(_state += Step);

    /// <summary>A number from 0 to count - 1; its bias of count / 2^64 is nothing.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>The bits that belong to a key in this sequence.</summary>
    public readonly ulong At(int key) => Mixed(_state + Step * (ulong)(key + 1));

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
