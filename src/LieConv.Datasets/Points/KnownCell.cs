using System.Globalization;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>A column of categories or classes that a network knows already.</summary>
/// <param name="ingest">Takes faults.</param>
/// <param name="name">Name of the column.</param>
/// <param name="spool">Takes numbers of categories.</param>
/// <param name="column">Their column there.</param>
/// <param name="known">The categories.</param>
/// <param name="isOptional">Whether what is not known is missing, and no fault.</param>
internal sealed class KnownCell(
    PointIngest ingest, string name, PointSpool spool, int column, PointTexts known, bool isOptional) : PointColumn
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override void Add(double number) => Add(PointText(number).AsSpan());

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var code = known.Find(text);
        if (code < 0 && NumberCell.TryNumber(text, out var number)) code = known.Find(PointText(number));
        if (code >= 0) spool.Put(column, code);
        else if (isOptional || text.IsEmpty) AddMissing();
        else
            ingest.CellFault(name, $"is '{PrintableText.Shortened(text.ToString(), 40)}'; expected one of " +
                $"{PointPlanner.Listed(known.All)}, as in training");
    }

    /// <inheritdoc/>
    public override void AddMissing()
    {
        if (isOptional) spool.Put(column, double.NaN);
        else ingest.CellFault(name, $"is empty; expected one of {PointPlanner.Listed(known.All)}, as in training");
    }

    /// <summary>A number as the name of a category: 1 and 1.0 are the same.</summary>
    public static string PointText(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
