namespace LieConv.Training.Preparation;

/// <summary>How a column becomes numbers of the size that networks work with: (x - Mean) / Scale.</summary>
/// <param name="Mean">Its mean over the training part.</param>
/// <param name="Scale">Its standard deviation there, above 0; 1 where the column is constant.</param>
public sealed record ColumnScale(double Mean, double Scale)
{
    /// <summary>Leaves a column as it is: shares of categories, for instance.</summary>
    public static ColumnScale None { get; } = new(0, 1);

    /// <summary>The number that a network sees or gives.</summary>
    public double Apply(double value) => (value - Mean) / Scale;

    /// <summary>The number in the column's own unit.</summary>
    public double Invert(double value) => Mean + Scale * value;

    /// <summary>Scales rows of several columns in place.</summary>
    /// <param name="rows">Row by row.</param>
    /// <param name="scales">A scale a column.</param>
    public static void Apply(Span<double> rows, IReadOnlyList<ColumnScale> scales)
    {
        ArgumentNullException.ThrowIfNull(scales);
        for (var i = 0; i < rows.Length; i++) rows[i] = scales[i % scales.Count].Apply(rows[i]);
    }
}
