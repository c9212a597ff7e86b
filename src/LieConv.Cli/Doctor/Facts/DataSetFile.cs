namespace LieConv.Cli.Doctor.Facts;

/// <summary>A file of a data set that was found.</summary>
/// <param name="DataSet">Name of the data set.</param>
/// <param name="Name">Name of the file without '.gz'.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Problem">What is wrong with it; null where a quick look finds nothing.</param>
internal sealed record DataSetFile(string DataSet, string Name, string Path, string? Problem);
