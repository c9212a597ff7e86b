using System.Globalization;
using System.Text;
using LieConv.Datasets.Readers;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Initial states as CSV: a header, particle,m,k,x,y,px,py, and a line for each particle; a first column
/// 'system' tells several systems apart.</summary>
internal sealed class InitialStateTable(string path, ParticleFields fields)
{
    private const string SystemColumn = "system";
    private const long MostBytes = 1 << 28;

    public IReadOnlyList<InitialSystem> Read()
    {
        // A byte order mark is obeyed, and the length limited.
        var text = Encoding.UTF8.GetString(DataFile.Read(path, stream => TextFile.Read(stream, path, MostBytes)));
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (text.Length == 0) throw new InvalidDataException($"'{path}' is empty; expected a header.");
        var header = Cells(lines[0]);
        var several = header.Length > 0 && header[0] == SystemColumn;
        string[] expected = several ? [SystemColumn, .. fields.Columns] : [.. fields.Columns];
        if (!header.SequenceEqual(expected))
            throw Wrong(1, $"the header is '{Shown(lines[0])}'", string.Join(',', expected));

        var systems = new List<List<double[]>>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var cells = Cells(lines[i]);
            if (cells.Length != expected.Length)
                throw Wrong(i + 1, $"there are {cells.Length} values", $"{expected.Length}");
            var numbers = cells.Zip(expected, (cell, column) => Number(cell, column, i + 1)).ToArray();
            var row = several ? numbers[1..] : numbers;
            if (systems.Count == 0 || (several && numbers[0] == systems.Count + 1)) systems.Add([]);
            if (several && numbers[0] != systems.Count)
                throw Wrong(i + 1, $"system is '{cells[0]}'", $"{Math.Max(systems.Count, 1)} or the next");
            if (row[0] != systems[^1].Count + 1)
                throw Wrong(i + 1, $"particle is '{cells[several ? 1 : 0]}'", $"{systems[^1].Count + 1}, the next one");
            if (row[1] <= 0) throw Wrong(i + 1, $"{expected[several ? 2 : 1]} is {row[1]}", "a positive mass");
            systems[^1].Add(row[1..]);
        }
        if (systems.Count == 0) throw Wrong(2, "there is no particle", "a line for each particle");
        return [.. systems.Select(System)];
    }

    private InitialSystem System(List<double[]> rows)
    {
        var (c, d) = (fields.Parameters.Count, fields.Dimensions);
        return new InitialSystem(
            [.. rows.Select(row => row[..c])], [.. rows.Select(row => row[c..(c + d)])],
            [.. rows.Select(row => row[(c + d)..])]);
    }

    private static string[] Cells(string line) => [.. line.Split(',').Select(cell => cell.Trim())];

    private double Number(string text, string column, int line) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) &&
        double.IsFinite(number)
            ? number
            : throw Wrong(line, $"{column} is '{Shown(text)}'", "a number");

    /// <summary>Text for a message of one line, also where the file is no text at all.</summary>
    private static string Shown(string text) => PrintableText.Shortened(text);

    private InvalidDataException Wrong(int line, string what, string expected) =>
        new(FormattableString.Invariant($"'{path}' line {line}: {what}; expected {expected}."));
}
