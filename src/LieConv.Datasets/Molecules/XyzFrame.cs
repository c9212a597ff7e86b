using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// One molecule of .xyz text. Plain: lines of symbol (or nuclear charge) and three coordinates in Angstrom, and what
/// follows is not looked at. Extended: the comment names the columns (<see cref="XyzColumns"/>), a lattice and a charge.
/// QM9's: the comment is 'gdb', an index and properties; after the atoms come frequencies, SMILES and InChIs.
/// </summary>
internal sealed class XyzFrame
{
    /// <summary>What a frame begins with.</summary>
    public const string CountLine = "the number of atoms";

    private const string PlainAtom = "an element and three coordinates";
    private const int Qm9TailLines = 3;
    private readonly List<byte> _charges = [];
    private readonly List<double> _positions = [];

    /// <summary>Nuclear charges of the atoms last read.</summary>
    public byte[] Charges => [.. _charges];

    /// <summary>x, y, z of each in Angstrom.</summary>
    public double[] Positions => [.. _positions];

    /// <summary>Whether the frame is declared to repeat in space.</summary>
    public bool IsPeriodic { get; private set; }

    /// <summary>The declared charge of the whole.</summary>
    public int NetCharge { get; private set; }

    /// <summary>Whether a line is a whole number alone.</summary>
    public static bool IsCount(ReadOnlySpan<byte> line)
    {
        var fields = new TextFields(line);
        return fields.NextWhole(out _) && !fields.Next(out _);
    }

    /// <summary>Reads a frame.</summary>
    /// <exception cref="InvalidDataException">It is not as described: one sentence with the line.</exception>
    public void Read(ref TextLines lines)
    {
        _charges.Clear();
        _positions.Clear();
        var line = lines.Next(CountLine);
        var fields = new TextFields(line);
        if (!fields.NextWhole(out var atoms) || atoms < 1 || fields.Next(out _)) throw lines.Fault(CountLine, line);
        var comment = XyzComment.Read(lines.Next("a comment"), lines);
        (IsPeriodic, NetCharge) = (comment.IsPeriodic, comment.NetCharge);
        var columns = comment.Properties is { } properties ? XyzColumns.Parse(properties, lines) : null;
        for (var atom = 0; atom < atoms; atom++)
        {
            var expected = $"{columns?.Description ?? PlainAtom} (atom {atom + 1} of {atoms})";
            line = lines.Next(expected);
            if (columns is not null) _charges.Add(columns.Read(line, _positions, lines, expected));
            else ReadPlain(line, lines, expected);
        }

        if (comment.IsQm9) SkipTail(ref lines);
        RequireNextFrame(lines);
    }

    private void ReadPlain(ReadOnlySpan<byte> line, TextLines lines, string expected)
    {
        var fields = new TextFields(line);
        if (!fields.Next(out var symbol) || Elements.TryRead(symbol) is not (> 0 and var charge))
            throw lines.Fault(expected, line);
        _charges.Add(charge);
        for (var axis = 0; axis < 3; axis++)
            _positions.Add(fields.NextNumber(out var value) ? value : throw lines.Fault(expected, line));
    }

    private static void SkipTail(ref TextLines lines)
    {
        for (var i = 0; i < Qm9TailLines && !lines.AtEnd; i++)
        {
            var next = lines;
            if (!IsCount(lines.Next(""))) continue;
            lines = next;
            return;
        }
    }

    // More atoms than declared are another molecule than the one that was read; whatever else follows is no part of it.
    private static void RequireNextFrame(TextLines lines)
    {
        lines.SkipBlankLines();
        if (lines.AtEnd) return;
        var line = lines.Next(CountLine);
        var fields = new TextFields(line);
        var (all, numbers) = (0, 0);
        for (; fields.Next(out var field); all++)
            if (TextFields.TryNumber(field, out _)) numbers++;
        if (all > 3 && numbers >= 3) throw lines.Fault(CountLine, line);
    }
}
