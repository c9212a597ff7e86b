using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// One file of QM9: the number of atoms; "gdb", the index and 15 properties; a line for each atom with symbol,
/// position and Mulliken charge; the frequencies; two SMILES; two InChIs.
/// </summary>
internal sealed class Qm9Record
{
    /// <summary>More than any molecule of any such file; a larger count is damage, not a molecule.</summary>
    private const int MostAtoms = 1000;

    private const int Properties = 15;
    private const string PropertyLine = "'gdb', the molecule's index and 15 numbers";
    private const string AtomLine = "an element of H, C, N, O, F, three coordinates and a partial charge";
    private readonly byte[] _charges = new byte[MostAtoms];
    private readonly double[] _positions = new double[3 * MostAtoms];
    private readonly double[] _targets = new double[Properties + 1];

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its bytes.</param>
    /// <param name="name">Stands for it in messages.</param>
    /// <param name="builder">Takes the molecule; its targets are <see cref="MoleculeTargets.Qm9File"/>.</param>
    /// <returns>The molecule's index.</returns>
    /// <exception cref="InvalidDataException">It is not as described.</exception>
    public int Read(ReadOnlySpan<byte> text, string name, MoleculeSetBuilder builder)
    {
        var lines = new TextLines(text, name);
        var line = lines.Next("the number of atoms");
        if (!TextFields.TryWhole(line.Trim((byte)' '), out var atoms) || atoms is < 1 or > MostAtoms)
            throw lines.Fault($"the number of atoms, 1 to {MostAtoms}", line);
        var id = ReadProperties(ref lines);
        for (var atom = 0; atom < atoms; atom++) ReadAtom(ref lines, atom);
        _targets[Properties] = ReadLargestFrequency(ref lines);
        RequireText(ref lines, "two SMILES");
        RequireText(ref lines, "two InChIs");
        if (!lines.OnlyBlanksLeft)
        {
            var extra = lines.Next("");
            throw lines.Fault($"the end of the file, as it declares {atoms} atoms", extra);
        }

        builder.Add(id, _charges.AsSpan(0, atoms), _positions.AsSpan(0, 3 * atoms), _targets);
        return id;
    }

    private int ReadProperties(ref TextLines lines)
    {
        var line = lines.Next(PropertyLine);
        var fields = new TextFields(line);
        if (!fields.Next(out var tag) || !tag.SequenceEqual("gdb"u8)) throw lines.Fault(PropertyLine, line);
        if (!fields.NextWhole(out var id) || id < 1) throw lines.Fault(PropertyLine, line);
        for (var i = 0; i < Properties; i++)
            if (!fields.NextNumber(out _targets[i]))
                throw lines.Fault($"expected {PropertyLine}, but number {i + 1} is missing or cannot be read");
        return fields.Next(out _) ? throw lines.Fault($"expected {PropertyLine}, but the line goes on") : id;
    }

    private void ReadAtom(ref TextLines lines, int atom)
    {
        var line = lines.Next(AtomLine);
        var fields = new TextFields(line);
        if (!fields.Next(out var symbol)) throw lines.Fault(AtomLine, line);
        _charges[atom] = Elements.TryRead(symbol);
        if (_charges[atom] is not (1 or (>= 6 and <= 9))) throw lines.Fault(AtomLine, line);
        for (var axis = 0; axis < 3; axis++)
            if (!fields.NextNumber(out _positions[3 * atom + axis])) throw lines.Fault(AtomLine, line);
        if (!fields.NextNumber(out _) || fields.Next(out _)) throw lines.Fault(AtomLine, line);
    }

    // Their number is not checked: eight molecules list each frequency twice.
    private static double ReadLargestFrequency(ref TextLines lines)
    {
        const string expected = "the vibrational frequencies";
        var line = lines.Next(expected);
        var fields = new TextFields(line);
        var largest = double.NegativeInfinity;
        while (fields.Next(out var field))
        {
            if (!TextFields.TryNumber(field, out var value)) throw lines.Fault(expected, line);
            largest = Math.Max(largest, value);
        }

        return double.IsFinite(largest) ? largest : throw lines.Fault(expected, line);
    }

    private static void RequireText(ref TextLines lines, string expected)
    {
        var line = lines.Next(expected);
        if (!new TextFields(line).Next(out _)) throw lines.Fault(expected, line);
    }
}
