using System.Globalization;
using System.Runtime.CompilerServices;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>A column that must hold numbers: coordinates, and what is known or said to be numbers.</summary>
/// <param name="ingest">Takes faults.</param>
/// <param name="name">Name of the column.</param>
/// <param name="spool">Takes the numbers.</param>
/// <param name="column">Their column there.</param>
/// <param name="isOptional">Whether what is no number is missing, and no fault.</param>
internal sealed class NumberCell(PointIngest ingest, string name, PointSpool spool, int column, bool isOptional)
    : PointColumn
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(double number)
    {
        if (double.IsFinite(number)) spool.Put(column, number);
        else if (isOptional) AddMissing();
        else Refuse(FormattableString.Invariant($"is {number}; expected a finite number"));
    }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (TryNumber(text, out var number)) Add(number);
        else if (isOptional || text.IsEmpty) AddMissing();
        else Refuse($"is '{PrintableText.Shortened(text.ToString(), 40)}'; expected a number{Hint(text)}");
    }

    /// <inheritdoc/>
    public override void AddMissing()
    {
        if (isOptional) spool.Put(column, double.NaN);
        else Refuse("is empty; expected a number");
    }

    /// <summary>Reads a number as Python writes it, inf too.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        || (text.EndsWith("inf", StringComparison.OrdinalIgnoreCase) && IsInfinite(text, out number));

    /// <summary>What else a text may be meant for.</summary>
    public static string Hint(ReadOnlySpan<char> text) =>
        text.Count(',') == 1 && double.TryParse(text.ToString().Replace(',', '.'), NumberStyles.Float,
            CultureInfo.InvariantCulture, out _)
            ? " with a decimal point"
            : "";

    private static bool IsInfinite(ReadOnlySpan<char> text, out double number)
    {
        number = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return text.Length == 3 || (text.Length == 4 && text[0] is '-' or '+');
    }

    private void Refuse(string what) => ingest.CellFault(name, what);
}
