using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// Reader of .sdf and .mol text: records that end in a line "$$$$", each a molfile (<see cref="SdfRecord"/>) and
/// whatever follows. A record with a fault costs itself.
/// </summary>
internal static class SdfFile
{
    /// <summary>Reads all molecules of a text, none of which may have a fault.</summary>
    /// <param name="text">Its bytes.</param>
    /// <param name="name">Stands for it in messages.</param>
    /// <exception cref="InvalidDataException">It is not as described, or holds no molecule.</exception>
    public static MoleculeSet Read(ReadOnlySpan<byte> text, string name) => ReadAll(text, name).RequireWhole(name);

    /// <summary>Reads the molecules of a text and what is wrong with the others.</summary>
    /// <param name="text">Its bytes.</param>
    /// <param name="name">Stands for it in messages.</param>
    /// <exception cref="InvalidDataException">It is empty.</exception>
    public static MoleculeFileContents ReadAll(ReadOnlySpan<byte> text, string name)
    {
        var found = new FoundMolecules();
        for (var before = 0; text.IndexOfAnyExcept(" \t\r\n"u8) >= 0;)
        {
            var record = text[..Length(text, out var lines, out var whole)];
            try
            {
                Add(new TextLines(record, name, before), found, name, before);
            }
            catch (InvalidDataException fault)
            {
                found.Refuse(fault.Message);
            }

            text = text[whole..];
            before += lines;
        }

        return found.Count > 0
            ? found.ToContents()
            : throw new InvalidDataException($"{name}: holds no molecule; expected {SdfRecord.CountsLine} in line 4.");
    }

    private static void Add(TextLines lines, FoundMolecules found, string name, int before)
    {
        var record = SdfRecord.Read(lines);
        if (record.IsDrawing)
            throw new InvalidDataException($"{name}, line {before + 1}: molecule {found.Count + 1} is a drawing " +
                $"without a third dimension{(record.LacksHydrogens ? " and without hydrogens" : "")}; " +
                "expected positions in space.");
        found.Add(record.Charges, record.Positions, before + 1, name);
        if (record.NetCharge != 0) found.Note(MoleculeNote.OfCharge(record.NetCharge));
        if (record.LacksHydrogens) found.Note(MoleculeNote.WithoutHydrogens);
    }

    /// <summary>Bytes of the first record without its last line, and bytes and lines with it.</summary>
    private static int Length(ReadOnlySpan<byte> text, out int lines, out int whole)
    {
        (lines, whole) = (0, 0);
        while (whole < text.Length)
        {
            var start = whole;
            var rest = text[start..];
            var end = rest.IndexOf((byte)'\n');
            whole = end < 0 ? text.Length : start + end + 1;
            lines++;
            if (rest.StartsWith("$$$$"u8)) return start;
        }

        return whole;
    }
}
