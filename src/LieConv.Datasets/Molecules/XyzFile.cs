namespace LieConv.Datasets.Molecules;

/// <summary>
/// Reader of .xyz text: for each molecule the number of atoms, a comment, and a line for each atom with its symbol (or
/// nuclear charge) and three coordinates in Angstrom; what follows on such a line is not looked at.
/// </summary>
internal static class XyzFile
{
    private const string CountLine = "the number of atoms";
    private const string AtomLine = "an element and three coordinates";

    /// <summary>Reads all molecules of a text.</summary>
    /// <param name="text">Its bytes.</param>
    /// <param name="name">Stands for it in messages.</param>
    /// <exception cref="InvalidDataException">It is not as described, or holds no molecule.</exception>
    public static MoleculeSet Read(ReadOnlySpan<byte> text, string name)
    {
        var builder = new MoleculeSetBuilder([]);
        var lines = new TextLines(text, name);
        var (charges, positions) = (new List<byte>(), new List<double>());
        for (lines.SkipBlankLines(); !lines.AtEnd; lines.SkipBlankLines())
        {
            ReadOne(ref lines, charges, positions);
            builder.Add(builder.Count + 1, [.. charges], [.. positions], default);
        }

        return builder.Count > 0
            ? builder.Build()
            : throw new InvalidDataException($"{name}: holds no molecule; expected {CountLine} in the first line.");
    }

    private static void ReadOne(ref TextLines lines, List<byte> charges, List<double> positions)
    {
        charges.Clear();
        positions.Clear();
        var line = lines.Next(CountLine);
        var fields = new TextFields(line);
        if (!fields.NextWhole(out var atoms) || atoms < 1 || fields.Next(out _)) throw lines.Fault(CountLine, line);
        lines.Next("a comment");
        for (var atom = 0; atom < atoms; atom++)
        {
            var expected = $"{AtomLine} (atom {atom + 1} of {atoms})";
            line = lines.Next(expected);
            fields = new TextFields(line);
            if (!fields.Next(out var symbol) || Elements.TryRead(symbol) is not (> 0 and var charge))
                throw lines.Fault(expected, line);
            charges.Add(charge);
            for (var axis = 0; axis < 3; axis++)
                positions.Add(fields.NextNumber(out var value) ? value : throw lines.Fault(expected, line));
        }
    }
}
