using LieConv.Datasets.Digits;
using LieConv.Datasets.Downloads;
using LieConv.Datasets.Molecules;

namespace LieConv.Datasets.Catalog;

/// <summary>The data sets that can be downloaded.</summary>
public static class DataSources
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DataSource> Known { get; } =
    [
        new("mnist", "MNIST", MnistSource.Folder, MnistSource.Files, MnistSource.Mirrors, MnistSource.Verify),
        new("qm9", "QM9", Qm9Source.Folder, Qm9Source.Files, Qm9Source.Mirrors, Qm9Source.Verify),
    ];

    /// <summary>The data set of a name.</summary>
    /// <exception cref="ArgumentException">If there is none: one sentence that lists them.</exception>
    public static DataSource Find(string name) => Known.FirstOrDefault(source => source.Name == name)
        ?? throw new ArgumentException(
            $"There is no data set '{name}' to fetch; expected one of {string.Join(", ", Known.Select(s => s.Name))}.");
}
