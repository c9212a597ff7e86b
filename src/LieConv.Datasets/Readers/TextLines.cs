namespace LieConv.Datasets.Readers;

/// <summary>The lines of a text in memory; ends of lines may be LF or CR LF. A copy remembers the place.</summary>
/// <param name="text">The text.</param>
/// <param name="name">Stands for it in messages.</param>
/// <param name="before">Lines of the file before the text.</param>
internal ref struct TextLines(ReadOnlySpan<byte> text, string name, int before = 0)
{
    private const int QuotedLength = 40;
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Number of the line last taken, from 1.</summary>
    public int Number { get; private set; } = before;

    /// <summary>Whether all lines were taken.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Whether only blank lines are left.</summary>
    public readonly bool OnlyBlanksLeft => _rest.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>Takes a line.</summary>
    /// <param name="expected">What it should be, for the message.</param>
    /// <exception cref="InvalidDataException">The text ends before it.</exception>
    public ReadOnlySpan<byte> Next(string expected)
    {
        Number++;
        if (_rest.IsEmpty) throw Fault($"expected {expected}, but the text ends here");
        var length = _rest.IndexOf((byte)'\n');
        var line = length < 0 ? _rest : _rest[..length];
        _rest = length < 0 ? default : _rest[(length + 1)..];
        return line.TrimEnd((byte)'\r');
    }

    /// <summary>Passes over blank lines.</summary>
    public void SkipBlankLines()
    {
        while (!_rest.IsEmpty)
        {
            var length = _rest.IndexOf((byte)'\n');
            var line = length < 0 ? _rest : _rest[..length];
            if (line.IndexOfAnyExcept(" \t\r"u8) >= 0) return;
            _rest = length < 0 ? default : _rest[(length + 1)..];
            Number++;
        }
    }

    /// <summary>An error in the line last taken.</summary>
    public readonly InvalidDataException Fault(string reason) => new($"{name}, line {Number}: {reason}.");

    /// <summary>An error in the line last taken: what it should be and what it is.</summary>
    public readonly InvalidDataException Fault(string expected, ReadOnlySpan<byte> actual)
    {
        return Fault($"expected {expected}, not '{PrintableText.Shortened(actual, QuotedLength)}'");
    }
}
