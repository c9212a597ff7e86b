namespace LieConv.Training.Preparation;

/// <summary>Means and standard deviations of columns, in one pass over the training part and without holding it
/// (Welford, Technometrics 4, 1962).</summary>
/// <param name="columns">Columns of a row.</param>
public sealed class ColumnMoments(int columns)
{
    /// <summary>A deviation of less than this part of the largest number is rounding: the column is constant.</summary>
    private const double Rounding = 1e-12;

    private readonly double[] _means = new double[columns];
    private readonly double[] _squares = new double[columns];
    private readonly double[] _largest = new double[columns];

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds rows.</summary>
    /// <param name="rows">Row by row, finite.</param>
    public void Add(ReadOnlySpan<double> rows)
    {
        if (columns == 0) return;
        if (rows.Length % columns != 0)
            throw new ArgumentException($"There are {rows.Length} numbers; expected rows of {columns}.", nameof(rows));
        for (var start = 0; start < rows.Length; start += columns)
        {
            Count++;
            for (var c = 0; c < columns; c++)
            {
                var value = rows[start + c];
                if (!double.IsFinite(value))
                    throw new ArgumentException($"Column {c + 1} has a number that is not finite.", nameof(rows));
                var before = value - _means[c];
                _means[c] += before / Count;
                _squares[c] += before * (value - _means[c]);
                _largest[c] = Math.Max(_largest[c], Math.Abs(value));
            }
        }
    }

    /// <summary>Whether a column holds one number only, but for rounding.</summary>
    public bool IsConstant(int column) => !(Deviation(column) > Rounding * _largest[column]);

    /// <summary>The scale of a column: mean, and standard deviation with n in the denominator; that of a constant column
    /// takes the mean away and leaves the size.</summary>
    public ColumnScale ScaleOf(int column) =>
        new(_means[column], IsConstant(column) ? 1 : Deviation(column));

    /// <summary>The scales of all columns.</summary>
    public IReadOnlyList<ColumnScale> Scales => [.. Enumerable.Range(0, columns).Select(ScaleOf)];

    private double Deviation(int column) => Count == 0 ? 0 : Math.Sqrt(_squares[column] / Count);
}
