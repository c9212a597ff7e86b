using LieConv.Datasets.Downloads;
using LieConv.Training.Book;

namespace LieConv.Cli.Doctor.Facts;

/// <summary>The data folder and what lies in it.</summary>
internal sealed record DataFolderFacts
{
    /// <summary>Full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether $LIECONV_DATA names it; else it is the default.</summary>
    public bool Named { get; init; }

    /// <summary>Whether it exists.</summary>
    public bool Exists { get; init; }

    /// <summary>The data sets that are looked for.</summary>
    public IReadOnlyList<DataSource> Sources { get; init; } = new TaskBook(TaskBook.All).Data;

    /// <summary>Their files, in their order; absent ones left out.</summary>
    public IReadOnlyList<DataSetFile> Files { get; init; } = [];
}
