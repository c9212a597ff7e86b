using System.Globalization;
using LieConv.Groups;
using LieConv.Lifting;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>How much a network's outputs change when a set is moved, by set: the largest change over random motions in
/// units of the outputs' standard deviation over random sets of the same values.</summary>
internal static class InvarianceTable
{
    /// <summary>Sizes of the random displacements of a set's points; 0 is the set itself.</summary>
    private static readonly double[] Perturbations = [0, 1e-9, 1e-6, 1e-3];

    private const int Motions = 2;

    /// <summary>The largest change of each set, over its perturbations, motions and outputs.</summary>
    /// <param name="group">Where motions come from.</param>
    /// <param name="network">Points to outputs (b, o).</param>
    /// <param name="dtype">Precision of the network; motions are in double precision.</param>
    /// <param name="alike">Whether all points have the same values.</param>
    public static IReadOnlyList<(string Set, double Change)> Of(
        LieGroup group, Func<PointSet, Tensor> network, ScalarType dtype, bool alike)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var generator = new Generator(12);
        var sets = SpecialSets.Of(group.PointDim);
        var spread = Spread(group, network, dtype, alike, generator);
        var start = sets.SelectMany(set => Perturbations.Select(size =>
            set.Points + randn(set.Points.shape, dtype: ScalarType.Float64, generator: generator) * size)).ToList();
        var (points, mask) = PaddedSets.Of(start);
        var values = PaddedSets.Values(mask, alike).to(dtype);
        var reference = network(new PointSet(points.to(dtype), values, mask));
        var change = zeros([start.Count], dtype: ScalarType.Float64);
        for (var i = 0; i < Motions; i++)
        {
            using var step = NewDisposeScope();
            var tangents = randn([start.Count, 1, group.AlgebraDim], dtype: ScalarType.Float64, generator: generator);
            var moved = group.Act(group.Exp(tangents), points).to(dtype);
            var error = (network(new PointSet(moved, values, mask)) - reference).abs().amax([-1L]);
            change = maximum(change, error.to(ScalarType.Float64) / spread).MoveToOuterDisposeScope();
        }
        var bySet = change.view(sets.Count, Perturbations.Length).amax([-1L]).data<double>().ToArray();
        return [.. sets.Select((set, i) => (set.Name, bySet[i]))];
    }

    /// <summary>A table of columns by name, in Markdown.</summary>
    public static string Markdown(
        IReadOnlyList<(string Name, IReadOnlyList<(string Set, double Change)> Changes)> columns)
    {
        var names = columns.MaxBy(column => column.Changes.Count).Changes.Select(change => change.Set);
        IEnumerable<string> lines =
        [
            "| set | " + string.Join(" | ", columns.Select(column => column.Name)) + " |",
            "|---|" + string.Concat(columns.Select(_ => "---|")),
            .. names.Select(set => $"| {set} | " + string.Join(" | ", columns.Select(c => Text(c, set))) + " |"),
        ];
        return string.Join("\n", lines);
    }

    private static string Text((string Name, IReadOnlyList<(string Set, double Change)> Changes) column, string set) =>
        column.Changes.Any(change => change.Set == set)
            ? column.Changes.First(change => change.Set == set).Change.ToString("0.0e0", CultureInfo.InvariantCulture)
            : "";

    private static double Spread(
        LieGroup group, Func<PointSet, Tensor> network, ScalarType dtype, bool alike, Generator generator)
    {
        var points = randn([40, 6, group.PointDim], dtype: ScalarType.Float64, generator: generator);
        var values = PaddedSets.Values(ones([40, 6], dtype: ScalarType.Bool), alike);
        var outputs = network(new PointSet(points.to(dtype), values.to(dtype)));
        return outputs.to(ScalarType.Float64).std(0).min().item<double>();
    }
}
