namespace LieConv.Datasets.Readers;

/// <summary>The elements of an array in a file, some at a time, the last axis fastest.</summary>
internal abstract class ArrayStream : IDisposable
{
    /// <summary>Extents; empty for a single element.</summary>
    public abstract long[] Shape { get; }

    /// <summary>Whether the elements are texts.</summary>
    public abstract bool IsText { get; }

    /// <summary>Reads the next elements as numbers.</summary>
    /// <exception cref="InvalidDataException">The data end before, or are damaged.</exception>
    public abstract void Read(Span<double> numbers);

    /// <summary>Reads the next elements as texts.</summary>
    /// <exception cref="InvalidDataException">The data end before, or are damaged.</exception>
    public abstract void Read(Span<string> texts);

    /// <summary>Lets go of the file.</summary>
    public abstract void Dispose();
}
