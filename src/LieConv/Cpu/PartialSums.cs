using System.Runtime.Intrinsics;

namespace LieConv.Cpu;

/// <summary>Sums in float64 that each chunk keeps apart, added up in the order of the chunks.</summary>
internal sealed class PartialSums(int chunks, int width)
{
    private readonly double[] _parts = new double[(long)chunks * width];

    /// <summary>A chunk's own sums.</summary>
    public Span<double> Of(int chunk) => _parts.AsSpan(chunk * width, width);

    /// <summary>Adds 16 numbers to the first 16 sums.</summary>
    public static void Add(Span<double> sums, Vector512<float> terms)
    {
        var (lower, upper) = Vector512.Widen(terms);
        (Vector512.Create<double>(sums) + lower).CopyTo(sums);
        (Vector512.Create<double>(sums[8..]) + upper).CopyTo(sums[8..]);
    }

    /// <summary>The sums over all chunks.</summary>
    public double[] Total()
    {
        var total = new double[width];
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var own = Of(chunk);
            for (var i = 0; i < width; i++) total[i] += own[i];
        }
        return total;
    }
}
