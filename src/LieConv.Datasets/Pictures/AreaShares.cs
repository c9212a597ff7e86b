namespace LieConv.Datasets.Pictures;

/// <summary>Which old pixels of a line a new pixel covers, and with what share of its own length. The new line lies
/// centred on the old one and may reach beyond both its ends.</summary>
/// <param name="oldCount">Pixels before.</param>
/// <param name="newCount">Pixels after.</param>
/// <param name="step">Old pixels in a new one.</param>
internal readonly struct AreaShares(int oldCount, int newCount, double step)
{
    private readonly double _start = (oldCount - step * newCount) / 2;

    /// <summary>The first old pixel under a new one.</summary>
    public int First(int place) => Math.Clamp((int)Math.Floor(Left(place)), 0, oldCount);

    /// <summary>The old pixel after the last one under a new one.</summary>
    public int End(int place) => Math.Clamp((int)Math.Ceiling(Left(place + 1)), 0, oldCount);

    /// <summary>The share that an old pixel has of a new one, from 0 to 1.</summary>
    public double Share(int place, int old) =>
        Math.Max(0, Math.Min(Left(place + 1), old + 1) - Math.Max(Left(place), old)) / step;

    private double Left(int place) => _start + step * place;
}
