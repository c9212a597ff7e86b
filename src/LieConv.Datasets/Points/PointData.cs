namespace LieConv.Datasets.Points;

/// <summary>Reads anyone's points.</summary>
public static class PointData
{
    /// <summary>Opens everything of a path: one table, a file of sets, or a folder with a file a set.</summary>
    /// <param name="options">Which data, and what their columns mean.</param>
    /// <param name="log">Takes one line that says what the columns were taken for, and notes.</param>
    /// <exception cref="ArgumentException">An option is not valid, or names a column that is not there.</exception>
    /// <exception cref="InvalidDataException">A file has a fault: one sentence with file, line or row, column and what was
    /// expected.</exception>
    public static PointSets Open(PointDataOptions options, Action<string> log) => throw new NotImplementedException();

    /// <summary>Reads new files for a known schema: each set, or what is wrong with it, in the order of the files.</summary>
    /// <param name="path">A table, a file of sets, or a folder.</param>
    /// <param name="schema">What the sets must have; targets may be missing.</param>
    /// <param name="options">The options of the training; the path is not used.</param>
    /// <exception cref="InvalidDataException">Nothing can be read from the path.</exception>
    public static IEnumerable<FoundPoints> Read(string path, PointSchema schema, PointDataOptions options) =>
        throw new NotImplementedException();
}
