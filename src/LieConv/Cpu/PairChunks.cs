namespace LieConv.Cpu;

/// <summary>
/// Pairs of points, some of them padding, in chunks that one task works through. The chunks follow from the number of
/// pairs alone, so that sums over them have the same order for any number of threads.
/// </summary>
internal readonly unsafe struct PairChunks
{
    /// <summary>Most pairs, so that their numbers, rounded up to whole chunks, are integers.</summary>
    public const int MostPairs = int.MaxValue / 2;

    private const int FewestPairs = 1024;

    /// <summary>More would only lengthen the serial sum over the chunks' parts.</summary>
    private const int MostChunks = 256;

    private readonly byte* _mask;
    private readonly int _pairsPerFlag, _size;

    /// <summary>Describes pairs; the mask has one byte for pairsPerFlag pairs and may be null.</summary>
    public PairChunks(int pairs, byte* mask, int pairsPerFlag)
    {
        (Pairs, _pairsPerFlag) = (pairs, pairsPerFlag);
        _mask = mask;
        _size = Math.Max(FewestPairs, (pairs + MostChunks - 1) / MostChunks);
    }

    /// <summary>Number of pairs.</summary>
    public int Pairs { get; }

    /// <summary>Number of chunks.</summary>
    public int Count => (Pairs + _size - 1) / _size;

    /// <summary>Whether some pairs may be padding.</summary>
    public bool IsMasked => _mask is not null;

    /// <summary>The pairs of a chunk.</summary>
    public (int First, int End) Range(int chunk) => (chunk * _size, Math.Min((chunk + 1) * _size, Pairs));

    /// <summary>Whether a pair counts.</summary>
    public bool IsValid(int pair) => _mask is null || _mask[pair / _pairsPerFlag] != 0;

    /// <summary>The first pair that counts, or <see cref="Pairs"/>.</summary>
    public int FirstValid()
    {
        var pair = 0;
        while (pair < Pairs && !IsValid(pair)) pair++;
        return pair;
    }
}
