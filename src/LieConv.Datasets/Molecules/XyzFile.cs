using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// Reader of .xyz text: for each molecule the number of atoms, a comment, and a line for each atom, plain, extended or
/// QM9's (<see cref="XyzFrame"/>). A frame with a fault costs itself: the next begins at the next line that is a whole
/// number alone.
/// </summary>
internal static class XyzFile
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
        var lines = new TextLines(text, name);
        var frame = new XyzFrame();
        for (lines.SkipBlankLines(); !lines.AtEnd; lines.SkipBlankLines())
        {
            var start = lines;
            try
            {
                frame.Read(ref lines);
                found.Add(frame.Charges, frame.Positions, start.Number + 1, name);
                if (frame.IsPeriodic) found.Note(MoleculeNote.Periodic);
                if (frame.NetCharge != 0) found.Note(MoleculeNote.OfCharge(frame.NetCharge));
            }
            catch (InvalidDataException fault)
            {
                found.Refuse(fault.Message);
                lines = start;
                SkipFrame(ref lines);
            }
        }

        return found.Count > 0
            ? found.ToContents()
            : throw new InvalidDataException(
                $"{name}: holds no molecule; expected {XyzFrame.CountLine} in the first line.");
    }

    private static void SkipFrame(ref TextLines lines)
    {
        // A comment may be a number alone, but no line of an atom is.
        if (XyzFrame.IsCount(lines.Next("")) && !lines.AtEnd) lines.Next("");
        while (!lines.AtEnd)
        {
            var next = lines;
            if (XyzFrame.IsCount(lines.Next("")))
            {
                lines = next;
                return;
            }
        }
    }
}
