using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>
/// Random numbers for the initial states of N systems. Every system draws from a stream of its own, which depends on the
/// seed and the system's number alone: the first systems of a large set are those of a small one.
/// </summary>
public sealed class SystemDraws
{
    private readonly SplitMix64[] _streams;

    /// <summary>The streams of the systems first to first + count - 1.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">Keeps the streams of different uses of a seed apart.</param>
    /// <param name="first">Number of the first system.</param>
    /// <param name="count">Systems.</param>
    internal SystemDraws(long seed, ulong purpose, long first, int count)
    {
        var root = SplitMix64.Mix((ulong)seed + SplitMix64.Increment);
        root = SplitMix64.Mix((root ^ purpose) + SplitMix64.Increment);
        _streams = [.. Enumerable.Range(0, count).Select(
            i => new SplitMix64(SplitMix64.Mix((root ^ (ulong)(first + i)) + SplitMix64.Increment)))];
    }

    /// <summary>Systems N.</summary>
    public int Count => _streams.Length;

    /// <summary>Uniform numbers in [0, 1), float64, shape (N, shape).</summary>
    /// <param name="shape">Shape for each system.</param>
    public Tensor Uniform(params ReadOnlySpan<long> shape) => Fill(shape, static stream => stream.NextUnit());

    /// <summary>Standard normal numbers, float64, shape (N, shape).</summary>
    /// <param name="shape">Shape for each system.</param>
    public Tensor Normal(params ReadOnlySpan<long> shape) => Fill(shape, static stream =>
        // Box and Muller; 1 - u is never 0.
        Math.Sqrt(-2 * Math.Log(1 - stream.NextUnit())) * Math.Cos(2 * Math.PI * stream.NextUnit()));

    /// <summary>Whole numbers from 0 to bound - 1, shape (N).</summary>
    /// <param name="bound">One above the largest.</param>
    internal long[] Below(long bound) => [.. _streams.Select(stream => (long)(stream.NextUnit() * bound))];

    /// <summary>The numbers 0 to count - 1 in random order, int64, shape (N, count).</summary>
    /// <param name="count">How many.</param>
    public Tensor Permutation(int count)
    {
        var orders = _streams.SelectMany(stream => stream.Permutation(count)).Select(place => (long)place).ToArray();
        return tensor(orders, [Count, count]);
    }

    private Tensor Fill(ReadOnlySpan<long> shape, Func<SplitMix64, double> next)
    {
        long size = 1;
        foreach (var extent in shape) size *= extent;
        var values = new double[Count * size];
        for (var i = 0; i < Count; i++)
            for (var j = 0; j < size; j++) values[i * size + j] = next(_streams[i]);
        return tensor(values, [Count, .. shape]);
    }
}
