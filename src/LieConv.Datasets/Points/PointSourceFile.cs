namespace LieConv.Datasets.Points;

/// <summary>One file of a source.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Id">Name of the set, where the file is one: its path in the folder without ending.</param>
/// <param name="Format">Its format.</param>
/// <param name="Extras">Columns that are the same for the whole file.</param>
internal sealed record PointSourceFile(
    string Path, string Name, string Id, PointFormat Format, IReadOnlyList<KeyValuePair<string, string>> Extras);
