namespace LieConv.Datasets.Molecules;

/// <summary>
/// Reader of .sdf and .mol text, version V2000 (Dalby and others, J. Chem. Inf. Comput. Sci. 32, 244, 1992): three header
/// lines, a line of counts, a line for each atom with coordinates and symbol in fixed columns, and whatever follows up
/// to "$$$$". Bonds and properties are not looked at.
/// </summary>
internal static class SdfFile
{
    private const int CoordinateWidth = 10;
    private const int SymbolStart = 3 * CoordinateWidth + 1;
    private const int SymbolWidth = 3;
    private const string CountsLine = "a V2000 line of counts";
    private const string AtomLine = "three coordinates of 10 columns each and an element";

    /// <summary>Reads all molecules of a text.</summary>
    /// <param name="text">Its bytes.</param>
    /// <param name="name">Stands for it in messages.</param>
    /// <exception cref="InvalidDataException">It is not as described, or holds no molecule.</exception>
    public static MoleculeSet Read(ReadOnlySpan<byte> text, string name)
    {
        var builder = new MoleculeSetBuilder([]);
        var lines = new TextLines(text, name);
        while (!lines.OnlyBlanksLeft) ReadOne(ref lines, builder);
        return builder.Count > 0
            ? builder.Build()
            : throw new InvalidDataException($"{name}: holds no molecule; expected {CountsLine} in line 4.");
    }

    private static void ReadOne(ref TextLines lines, MoleculeSetBuilder builder)
    {
        for (var i = 0; i < 3; i++) lines.Next("a header line");
        var line = lines.Next(CountsLine);
        if (line.IndexOf("V3000"u8) >= 0) throw lines.Fault($"expected {CountsLine}; V3000 is not read");
        if (!TextFields.TryWhole(Column(line, 0, 3), out var atoms) || atoms < 1)
            throw lines.Fault($"{CountsLine} with at least one atom", line);
        var (charges, positions) = (new byte[atoms], new double[3 * atoms]);
        for (var atom = 0; atom < atoms; atom++)
        {
            line = lines.Next(AtomLine);
            for (var axis = 0; axis < 3; axis++)
                if (!TextFields.TryNumber(
                    Column(line, axis * CoordinateWidth, CoordinateWidth), out positions[3 * atom + axis]))
                    throw lines.Fault(AtomLine, line);
            charges[atom] = Elements.TryRead(Column(line, SymbolStart, SymbolWidth));
            if (charges[atom] == 0) throw lines.Fault(AtomLine, line);
        }

        builder.Add(builder.Count + 1, charges, positions, default);
        while (!lines.AtEnd)
            if (lines.Next("").StartsWith("$$$$"u8)) return;
    }

    private static ReadOnlySpan<byte> Column(ReadOnlySpan<byte> line, int start, int width) =>
        line.Length <= start ? default : line.Slice(start, Math.Min(width, line.Length - start)).Trim((byte)' ');
}
