using LieConv.Datasets.Points;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Points;

/// <summary>The figures that networks on points are judged by.</summary>
internal static class PointMetrics
{
    /// <summary>Those of any targets, before data are known.</summary>
    public static IReadOnlyList<Metric> All { get; } = [.. OfClass(""), .. OfNumber(""), Loss];

    private static Metric Loss => new(PointObjective.Loss, "loss", "loss") { IsDrawn = false };

    /// <summary>Those of a data set's targets: of several each after its name.</summary>
    public static IReadOnlyList<Metric> Create(PointSchema schema) =>
    [
        .. schema.Targets.SelectMany(target =>
        {
            var prefix = schema.Targets.Count == 1 ? "" : $"{target.Name}.";
            return target.Kind == PointTargetKind.Class ? OfClass(prefix) : OfNumber(prefix);
        }),
        Loss with { IsDrawn = schema.Targets.Count > 1 },
    ];

    private static IEnumerable<Metric> OfClass(string prefix) =>
    [
        new(prefix + PointObjective.Error, $"{prefix}error", $"{prefix}error") { Format = MetricFormat.Percent },
    ];

    private static IEnumerable<Metric> OfNumber(string prefix) =>
    [
        new(prefix + PointObjective.Mae, $"{prefix}MAE", $"{prefix}mean absolute error") { IsLogarithmic = true },
    ];
}
