using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// Atoms, bonds and charges of a molfile in version V2000: numbers in fixed columns. Charges stand in the table of atoms,
/// or in lines 'M  CHG', which replace all of those.
/// </summary>
internal static class SdfTable2000
{
    private const int CoordinateWidth = 10;
    private const int SymbolStart = 3 * CoordinateWidth + 1;
    private const int SymbolWidth = 3;
    private const int ChargeStart = 36;
    private const int NumberWidth = 3;
    private const int ChargesStart = 9;
    private const int ChargeWidth = 4;
    private const string AtomLine = "three coordinates of 10 columns each and an element";
    private const string BondLine = "two atoms and the type of their bond, 3 columns each";
    private const string ChargeLine = "'M  CHG', a count, and as many pairs of atom and charge";

    /// <summary>Reads the table.</summary>
    /// <param name="record">Takes it.</param>
    /// <param name="counts">The line of counts.</param>
    /// <param name="lines">What follows.</param>
    public static void Read(SdfRecord record, ReadOnlySpan<byte> counts, ref TextLines lines)
    {
        if (!Number(counts, 0, out var atoms)) throw lines.Fault(SdfRecord.CountsLine, counts);
        if (atoms < 1) throw lines.Fault("the record declares no atoms; expected at least one");
        var bondCount = SdfRecord.Column(counts, NumberWidth, NumberWidth);
        if (!TextFields.TryWhole(bondCount, out var bonds) && !bondCount.IsEmpty || bonds < 0)
            throw lines.Fault(SdfRecord.CountsLine, counts);
        for (var atom = 0; atom < atoms; atom++) ReadAtom(record, ref lines);
        for (var bond = 0; bond < bonds; bond++) ReadBond(record, ref lines);
        ReadProperties(record, ref lines);
    }

    private static void ReadAtom(SdfRecord record, ref TextLines lines)
    {
        Span<double> position = stackalloc double[3];
        var line = lines.Next(AtomLine);
        for (var axis = 0; axis < 3; axis++)
            if (!TextFields.TryNumber(
                SdfRecord.Column(line, axis * CoordinateWidth, CoordinateWidth), out position[axis]))
                throw lines.Fault(AtomLine, line);
        var charge = Elements.TryRead(SdfRecord.Column(line, SymbolStart, SymbolWidth));
        if (charge == 0) throw lines.Fault(AtomLine, line);
        var column = SdfRecord.Column(line, ChargeStart, NumberWidth);
        if (!TextFields.TryWhole(column, out var code) && !column.IsEmpty)
            throw lines.Fault($"{AtomLine}, and a charge in columns 37 to 39", line);
        record.AddAtom(charge, position[0], position[1], position[2], ChargeOf(code));
    }

    /// <summary>1 to 7 are the charges 3 to -3; 4, in the middle, is a radical.</summary>
    private static int ChargeOf(int code) => code is >= 1 and <= 7 ? 4 - code : 0;

    private static void ReadBond(SdfRecord record, ref TextLines lines)
    {
        var line = lines.Next(BondLine);
        if (!Number(line, 0, out var first) || !Number(line, NumberWidth, out var second)
            || !Number(line, 2 * NumberWidth, out var type) || !record.AddBond(type, first, second))
            throw lines.Fault(BondLine, line);
    }

    private static void ReadProperties(SdfRecord record, ref TextLines lines)
    {
        var isFirst = true;
        while (!lines.AtEnd)
        {
            var line = lines.Next("");
            if (line.StartsWith("M  END"u8)) return;
            if (!line.StartsWith("M  CHG"u8) && !line.StartsWith("M  RAD"u8)) continue;
            if (isFirst) record.ClearCharges();
            isFirst = false;
            if (line.StartsWith("M  CHG"u8)) ReadCharges(record, line, lines);
        }
    }

    private static void ReadCharges(SdfRecord record, ReadOnlySpan<byte> line, TextLines lines)
    {
        if (!Number(line, ChargesStart - NumberWidth, out var count)) throw lines.Fault(ChargeLine, line);
        for (var i = 0; i < count; i++)
        {
            var start = ChargesStart + 2 * ChargeWidth * i;
            if (!TextFields.TryWhole(SdfRecord.Column(line, start, ChargeWidth), out var atom)
                || !TextFields.TryWhole(SdfRecord.Column(line, start + ChargeWidth, ChargeWidth), out var charge)
                || Math.Abs(charge) > byte.MaxValue || !record.SetCharge(atom, charge))
                throw lines.Fault(ChargeLine, line);
        }
    }

    private static bool Number(ReadOnlySpan<byte> line, int start, out int value) =>
        TextFields.TryWhole(SdfRecord.Column(line, start, NumberWidth), out value);
}
