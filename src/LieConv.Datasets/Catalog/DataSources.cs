using LieConv.Datasets.Digits;
using LieConv.Datasets.Downloads;
using LieConv.Datasets.Dynamics;
using LieConv.Datasets.Molecules;

namespace LieConv.Datasets.Catalog;

/// <summary>The data sets that the tool knows.</summary>
public static class DataSources
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DataSource> Known { get; } =
    [
        MnistSource.Source, RotMnistSource.Source, Qm9Source.Source, Qm7Source.Source, Md17Source.Source,
        TrajectorySource.Source,
    ];

    /// <summary>Those that can be downloaded.</summary>
    public static IReadOnlyList<DataSource> Fetchable { get; } = [.. Known.Where(source => source.CanFetch)];

    /// <summary>The data set of a name.</summary>
    /// <exception cref="ArgumentException">If there is none: one sentence that lists them.</exception>
    public static DataSource Find(string name) => Known.FirstOrDefault(source => source.Name == name)
        ?? throw new ArgumentException(
            $"There is no data set '{name}'; expected one of {string.Join(", ", Known.Select(s => s.Name))}.");
}
