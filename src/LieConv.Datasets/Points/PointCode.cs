namespace LieConv.Datasets.Points;

/// <summary>
/// What the raw cells of a column stand for, where they are no numbers to be kept: before the row in which the first
/// text came they are numbers, from it on numbers of texts.
/// </summary>
/// <param name="firstText">The row of the first text; <see cref="long.MaxValue"/> where there is none.</param>
/// <param name="numbers">What each number stands for.</param>
/// <param name="texts">What each text stands for, by its number.</param>
internal sealed class PointCode(long firstText, IReadOnlyDictionary<double, double> numbers, double[] texts)
{
    /// <summary>Replaces cells of rows that follow one another; what is missing stays so.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="row">The first one's row.</param>
    public void Apply(Span<double> cells, long row)
    {
        for (var i = 0; i < cells.Length; i++) cells[i] = Convert(cells[i], row + i);
    }

    /// <summary>What one cell stands for.</summary>
    public double Convert(double cell, long row) =>
        double.IsNaN(cell) ? cell : row < firstText ? numbers[cell] : texts[(int)cell];
}
