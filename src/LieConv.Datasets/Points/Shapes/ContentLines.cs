using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>The lines of a text that say something: without comments and blank lines.</summary>
/// <param name="text">The text.</param>
/// <param name="name">The file, for messages.</param>
/// <param name="before">Lines of the file before the text.</param>
internal ref struct ContentLines(ReadOnlySpan<byte> text, string name, int before = 0)
{
    private TextLines _lines = new(text, name, before);

    /// <summary>Number of the line last taken, from 1.</summary>
    public readonly int Number => _lines.Number;

    /// <summary>Takes the next line.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        while (!_lines.AtEnd)
        {
            line = _lines.Next("a line");
            if (line.IndexOf((byte)'#') is >= 0 and var comment) line = line[..comment];
            line = line.Trim(" \t\r\f\v"u8);
            if (!line.IsEmpty) return true;
        }

        line = default;
        return false;
    }

    /// <summary>Takes the next line.</summary>
    /// <param name="expected">What it should be, for the message.</param>
    /// <exception cref="InvalidDataException">The text ends before it.</exception>
    public ReadOnlySpan<byte> Next(string expected) => TryNext(out var line) ? line : throw End(expected);

    /// <summary>The error that the text ends too soon.</summary>
    public readonly InvalidDataException End(string expected) =>
        new($"{name}, line {Number + 1}: expected {expected}, but the text ends here.");

    /// <summary>An error in the line last taken.</summary>
    public readonly InvalidDataException Fault(string reason) => _lines.Fault(reason);

    /// <summary>An error in the line last taken: what it should be and what it is.</summary>
    public readonly InvalidDataException Fault(string expected, ReadOnlySpan<byte> actual) =>
        _lines.Fault(expected, actual);

    /// <summary>Reads as many numbers as fit; a number that is not finite passes, and is for the caller to judge.
    /// </summary>
    /// <returns>How many fields the line has; more than fit are counted, -1 where one is no number.</returns>
    public static int Numbers(ReadOnlySpan<byte> line, Span<double> to)
    {
        var fields = new TextFields(line);
        var count = 0;
        while (fields.Next(out var field))
        {
            if (count < to.Length && !TextNumber.TryRead(field, out to[count])) return -1;
            count++;
        }

        return count;
    }
}
