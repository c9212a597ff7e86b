using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>The numbers of a .ply file of text: an element a line.</summary>
/// <param name="text">The file.</param>
/// <param name="start">Bytes of the header.</param>
/// <param name="lines">Lines of the header.</param>
/// <param name="name">The file's name, for messages.</param>
internal sealed class PlyTextCells(byte[] text, int start, int lines, string name) : PlyCells
{
    private const int QuotedLength = 40;
    private int _next = start;
    private int _line = lines;
    private int _at;
    private int _end;
    private string _kind = "";
    private long _number;

    /// <inheritdoc/>
    public override void Begin(string kind, long number)
    {
        (_kind, _number) = (kind, number);
        if (!NextLine()) throw new InvalidDataException(
            $"{name}, line {_line + 1}: expected {kind} {number}, but the text ends here.");
    }

    /// <inheritdoc/>
    public override double Next(PlyType type)
    {
        var field = Field();
        if (field.IsEmpty) throw Fault("expected more numbers in the line");
        if (!TextNumber.TryRead(field, out var value))
            throw Fault($"expected a number, not '{PrintableText.Shortened(field, QuotedLength)}'");
        return value;
    }

    /// <inheritdoc/>
    public override void End()
    {
        var field = Field();
        if (!field.IsEmpty) throw Fault(
            $"expected the end of the line, not '{PrintableText.Shortened(field, QuotedLength)}'");
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (NextLine()) throw new InvalidDataException(
            $"{name}, line {_line}: expected the end after the elements that the header promises.");
    }

    /// <inheritdoc/>
    public override void Expect(PlyElement element)
    {
        // A number and a blank or line end.
        if (element.Count > (text.Length - _next + 1) / 2)
            throw new InvalidDataException($"{name}: the header promises {element.Count} of {element.Name}, more " +
                $"than the {text.Length - _next} bytes that are left can hold.");
    }

    /// <inheritdoc/>
    public override InvalidDataException Fault(string what) =>
        new($"{name}, line {_line} ({_kind} {_number}): {what}.");

    private bool NextLine()
    {
        while (_next < text.Length)
        {
            var length = text.AsSpan(_next).IndexOf((byte)'\n');
            (_at, _end) = (_next, length < 0 ? text.Length : _next + length);
            _next = length < 0 ? text.Length : _end + 1;
            _line++;
            if (text.AsSpan(_at, _end - _at).IndexOfAnyExcept(" \t\r"u8) >= 0) return true;
        }

        return false;
    }

    private ReadOnlySpan<byte> Field()
    {
        var rest = text.AsSpan(_at, _end - _at);
        var skipped = rest.IndexOfAnyExcept(" \t\r"u8);
        if (skipped < 0) return default;
        rest = rest[skipped..];
        var length = rest.IndexOfAny(" \t\r"u8);
        if (length < 0) length = rest.Length;
        _at += skipped + length;
        return rest[..length];
    }
}
