using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>A result in one clause, by the first metric of its task.</summary>
public static class HeadlineText
{
    /// <summary>Such as: Test error 1.20 % (12 of 1,000 images), SE2:0.05.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="result">The result.</param>
    /// <param name="examples">What the examples are called.</param>
    public static string Create(Metric metric, RunResult result, string examples)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(result);
        var value = result.Metrics[metric.Name];
        var count = metric.Format == MetricFormat.Percent
            ? FormattableString.Invariant($"{Math.Round(value * result.Evaluated):N0} of {result.Evaluated:N0} {examples}")
            : FormattableString.Invariant($"{result.Evaluated:N0} {examples}");
        var unit = metric.Unit.Length == 0 ? "" : $" {metric.Unit}";
        return $"Test {metric.Title} {metric.Text(value)}{unit} ({count}), {Network(result)}";
    }

    /// <summary>The network and its group, as far as there are any.</summary>
    public static string Network(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return string.Join(' ', new[] { result.Network, result.Group }.Where(name => !string.IsNullOrEmpty(name)));
    }
}
