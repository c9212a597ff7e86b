namespace LieConv.Cpu;

/// <summary>Sums in float64 that each chunk keeps apart, added up in the order of the chunks.</summary>
internal sealed class PartialSums(int chunks, int width)
{
    private readonly double[] _parts = new double[(long)chunks * width];

    /// <summary>A chunk's own sums.</summary>
    public Span<double> Of(int chunk) => _parts.AsSpan(chunk * width, width);

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
