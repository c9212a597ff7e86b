using System.Runtime.CompilerServices;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>
/// A column whose kind shows while it is read. As long as all cells are numbers they are kept; from the first text on
/// all are categories, and a number is one by its shortest writing.
/// </summary>
internal sealed class MixedCell : PointColumn
{
    /// <summary>Most categories of a value: each is a channel of the network.</summary>
    public const int MostCategories = 64;

    /// <summary>Most classes of a target.</summary>
    public const int MostClasses = 1000;

    private readonly PointIngest _ingest;
    private readonly PlannedColumn _plan;
    private readonly PointSpool _spool;
    private readonly int _column;
    private readonly bool _isTarget;
    private readonly int _most;
    private double _last = double.NaN;
    private int _lastCode = -1;

    /// <summary>Begins.</summary>
    /// <param name="ingest">Takes faults.</param>
    /// <param name="plan">What is known of the column.</param>
    /// <param name="spool">Takes the cells.</param>
    /// <param name="column">Their column there.</param>
    /// <param name="isTarget">Whether it is a target: then cells may be missing at first.</param>
    public MixedCell(PointIngest ingest, PlannedColumn plan, PointSpool spool, int column, bool isTarget)
    {
        (_ingest, _plan, _spool, _column, _isTarget) = (ingest, plan, spool, column, isTarget);
        _most = isTarget ? MostClasses : MostCategories;
        Track = isTarget ? new TargetTrack(this) : null;
    }

    /// <inheritdoc/>
    public override string Name => _plan.Name;

    /// <summary>What was said of the column.</summary>
    public PlannedColumn Plan => _plan;

    /// <summary>The texts, or null as long as all cells are numbers.</summary>
    public PointTexts? Texts { get; private set; }

    /// <summary>The row of the first text.</summary>
    public long FirstText { get; private set; } = long.MaxValue;

    /// <summary>The different numbers before the first text; null where they are too many to be categories.</summary>
    public HashSet<double>? Numbers { get; private set; } = [];

    /// <summary>Whether all numbers are whole.</summary>
    public bool AreWhole { get; private set; } = true;

    /// <summary>Whether the column has too many texts, and was not asked for by name.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>What is found out about a target; null for a value.</summary>
    public TargetTrack? Track { get; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(double number)
    {
        if (double.IsNaN(number) && _isTarget) AddMissing();
        else if (!double.IsFinite(number))
            _ingest.CellFault(Name, FormattableString.Invariant($"is {number}; expected a finite number"));
        else if (Texts is not null) AddText(KnownCell.PointText(number));
        else
        {
            if (number != _last && Numbers is not null) Remember(number);
            _last = number;
            _spool.Put(_column, number);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty) AddMissing();
        else if (Texts is not null && IsKnown(text)) _spool.Put(_column, _lastCode);
        else if (NumberCell.TryNumber(text, out var number)) Add(number);
        else if (Texts is not null || BeginTexts(text)) AddText(text);
    }

    /// <inheritdoc/>
    public override void AddMissing()
    {
        if (_isTarget) _spool.Put(_column, double.NaN);
        else _ingest.CellFault(Name, $"is empty; expected {(Texts is null ? "a number" : "a text")}");
    }

    /// <summary>The cell of the row at hand.</summary>
    public double Current => _spool.Get(_column);

    /// <summary>The name of what a cell stands for, for messages.</summary>
    public string NameOf(double cell) => Texts is null ? KnownCell.PointText(cell) : Texts.All[(int)cell];

    // Rows that follow one another mostly have the same text.
    private bool IsKnown(ReadOnlySpan<char> text)
    {
        if (_lastCode >= 0 && Texts!.All[_lastCode].AsSpan().SequenceEqual(text)) return true;
        _lastCode = Texts!.Find(text);
        return _lastCode >= 0;
    }

    private void Remember(double number)
    {
        Numbers!.Add(number);
        AreWhole &= number == Math.Floor(number) && Math.Abs(number) < 1L << 53;
        if (Numbers.Count > _most) Numbers = null;
    }

    private bool BeginTexts(ReadOnlySpan<char> text)
    {
        var shown = PrintableText.Shortened(text.ToString(), 40);
        if (_plan.Kind == PointTargetKind.Number)
            _ingest.CellFault(Name, $"is '{shown}'; expected a number{NumberCell.Hint(text)}, as kinds says");
        else if (Numbers is null)
            _ingest.CellFault(Name,
                $"is '{shown}'; expected a number{NumberCell.Hint(text)}, as in the rows before");
        else
        {
            Texts = new PointTexts();
            FirstText = _spool.Count;
            foreach (var number in Numbers) Texts.Add(KnownCell.PointText(number));
            Track?.BecomeTexts(Texts);
            return true;
        }

        return false;
    }

    private void AddText(ReadOnlySpan<char> text)
    {
        var code = Texts!.Find(text);
        if (code < 0 && Texts.Count < _most) code = Texts.Add(text);
        if (code >= 0) _spool.Put(_column, code);
        else if (_plan.IsGuessed)
        {
            IsDropped = true;
            _spool.Put(_column, 0);
        }
        else
            _ingest.CellFault(Name,
                $"is '{PrintableText.Shortened(text.ToString(), 40)}', one text more than the {_most} before; " +
                $"expected numbers, or at most {_most} different texts");
    }
}
