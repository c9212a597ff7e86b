using System.Globalization;

namespace LieConv.Training.Learning;

/// <summary>A figure by which a task is judged: its curve, its column and its place in sentences follow from this.
/// Smaller is better.</summary>
/// <param name="Name">Its name in evaluations and in metrics.jsonl after the split, such as error.</param>
/// <param name="Title">Its name in headlines, such as MSE.</param>
/// <param name="Axis">Its name beside an axis, such as mean squared error.</param>
public sealed record Metric(string Name, string Title, string Axis)
{
    /// <summary>How its number is written.</summary>
    /// <value>Fixed.</value>
    public MetricFormat Format { get; init; }

    /// <summary>Its unit; empty for none. A fraction that is written in percent has none.</summary>
    /// <value>Empty.</value>
    public string Unit { get; init; } = "";

    /// <summary>Whether its axis is logarithmic.</summary>
    /// <value>false; true where the format is scientific.</value>
    public bool IsLogarithmic { get => field || Format == MetricFormat.Scientific; init; }

    /// <summary>Whether curves.png has a curve of it.</summary>
    /// <value>true</value>
    public bool IsDrawn { get; init; } = true;

    /// <summary>The unit in which it is drawn and written; empty for none.</summary>
    public string ShownUnit => Format == MetricFormat.Percent ? "%" : Unit;

    /// <summary>What its number is multiplied by to be drawn.</summary>
    public double ShownScale => Format == MetricFormat.Percent ? 100 : 1;

    /// <summary>The axis with its unit.</summary>
    public string AxisLabel => ShownUnit.Length == 0 ? Axis : $"{Axis} in {ShownUnit}";

    /// <summary>The number as it is written, without the unit but for percent.</summary>
    public string Text(double value) => Format switch
    {
        MetricFormat.Percent => string.Create(CultureInfo.InvariantCulture, $"{100 * value:F2} %"),
        MetricFormat.Scientific => NumberText.Scientific(value),
        _ => value.ToString("F4", CultureInfo.InvariantCulture),
    };

    /// <summary>Whether a name is a split and this metric: train.mae, but not train.forces.mae.</summary>
    public bool IsOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var point = name.IndexOf('.', StringComparison.Ordinal);
        return point >= 0 && name.AsSpan(point + 1).SequenceEqual(Name);
    }
}
