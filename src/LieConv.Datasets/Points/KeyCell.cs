using System.Runtime.CompilerServices;

namespace LieConv.Datasets.Points;

/// <summary>A column of names: of sets, groups or parts. Rows that follow one another mostly have the same.</summary>
/// <param name="ingest">Takes faults.</param>
/// <param name="name">Name of the column.</param>
internal sealed class KeyCell(PointIngest ingest, string name) : PointColumn
{
    private char[] _text = new char[64];
    private int _length = -1;
    private double _number = double.NaN;

    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>Whether the row at hand has a name.</summary>
    public bool IsFilled { get; private set; }

    /// <summary>Whether its name differs from that of the row before.</summary>
    public bool HasChanged { get; private set; } = true;

    /// <summary>The name.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, Math.Max(0, _length));

    /// <summary>Begins the next row.</summary>
    public void Next() => (IsFilled, HasChanged) = (false, false);

    /// <summary>Forgets the row before.</summary>
    public void Forget() => (IsFilled, HasChanged, _length, _number) = (false, false, -1, double.NaN);

    /// <inheritdoc/>
    public override void Add(double number)
    {
        if (double.IsNaN(number)) AddMissing();
        else if (number == _number) IsFilled = true;
        else
        {
            Add(KnownCell.PointText(number).AsSpan());
            _number = number;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            AddMissing();
            return;
        }

        IsFilled = true;
        _number = double.NaN;
        if (_length == text.Length && Text.SequenceEqual(text)) return;
        if (_text.Length < text.Length) _text = new char[2 * text.Length];
        text.CopyTo(_text);
        _length = text.Length;
        HasChanged = true;
    }

    /// <inheritdoc/>
    public override void AddMissing() => ingest.CellFault(name, "is empty; expected a name");
}
