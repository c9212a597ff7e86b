namespace LieConv.Datasets.Points;

/// <summary>
/// A file format of points, as one class a format, named in <see cref="PointFormats"/>. It pushes rows, one a point,
/// into a sink; columns that are the same for a whole set (its label) are pushed with every row.
/// </summary>
internal abstract class PointFormat
{
    /// <summary>Endings of files, lower case with the dot: ".csv". The same with ".gz" where
    /// <see cref="ReadsGzip"/>.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether the format unpacks gzip itself.</summary>
    public abstract bool ReadsGzip { get; }

    /// <summary>Reads a file from its start to its end.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sink">
    /// Takes it: first <see cref="PointSink.Begin"/> with the names of all columns, then for each row
    /// <see cref="PointSink.Column"/>(i)?.Add(...) of every column and <see cref="PointSink.EndRow"/>. A format whose
    /// files hold sets as such calls <see cref="PointSink.BeginSet"/> before the rows of each; else the id column tells
    /// them, or the whole file is one set.
    /// </param>
    /// <exception cref="InvalidDataException">The file is not of the format: one sentence with file, line or row and
    /// what was expected.</exception>
    public abstract void Read(PointFile file, PointSink sink);
}
