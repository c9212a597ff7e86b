namespace LieConv.Datasets.Pictures;

/// <summary>Of which old pixels of a line a new pixel is made, and with what weights. The new line lies centred on the old
/// one and may reach beyond both its ends, where there is nothing.</summary>
internal sealed class LineWeights
{
    private readonly int[] _first;
    private readonly double[][] _weights;

    /// <summary>Shrinks by the share that new pixels cover of old ones, and grows linearly between the middles of old
    /// pixels; at the same size a pixel stays one pixel.</summary>
    /// <param name="oldCount">Pixels before.</param>
    /// <param name="newCount">Pixels after.</param>
    /// <param name="step">Old pixels in a new one.</param>
    public LineWeights(int oldCount, int newCount, double step)
    {
        (_first, _weights) = (new int[newCount], new double[newCount][]);
        var shares = new AreaShares(oldCount, newCount, step);
        for (var place = 0; place < newCount; place++)
            (_first[place], _weights[place]) = step > 1
                ? Covered(shares, place)
                : step == 1 ? Moved(place - (newCount - oldCount) / 2, oldCount)
                : Between((oldCount - step * newCount) / 2 + step * (place + 0.5), oldCount);
    }

    /// <summary>The first old pixel of a new one.</summary>
    public int First(int place) => _first[place];

    /// <summary>The old pixel after the last one of a new one.</summary>
    public int End(int place) => _first[place] + _weights[place].Length;

    /// <summary>The weight of an old pixel between <see cref="First"/> and <see cref="End"/>.</summary>
    public double Weight(int place, int old) => _weights[place][old - _first[place]];

    /// <summary>The new pixel of old ones.</summary>
    public double Mean(int place, double[] old)
    {
        var (sum, first, weights) = (0.0, _first[place], _weights[place]);
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * old[first + i];
        return sum;
    }

    private static (int First, double[] Weights) Covered(AreaShares shares, int place)
    {
        var (first, end) = (shares.First(place), shares.End(place));
        return (first, [.. Enumerable.Range(first, Math.Max(0, end - first)).Select(old => shares.Share(place, old))]);
    }

    private static (int First, double[] Weights) Moved(int old, int oldCount) =>
        old >= 0 && old < oldCount ? (old, [1]) : (0, []);

    private static (int First, double[] Weights) Between(double middle, int oldCount)
    {
        if (!(middle >= 0 && middle < oldCount)) return (0, []);
        var before = Math.Clamp(middle - 0.5, 0, oldCount - 1);                        // the ends go on as they are
        var first = (int)before;
        return before == first ? (first, [1]) : (first, [first + 1 - before, before - first]);
    }
}
