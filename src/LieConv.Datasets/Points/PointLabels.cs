using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>A table beside the files of a folder: a row a file, whose first column of a known name is the
/// file's.</summary>
internal sealed class PointLabels
{
    private static readonly string[] Keys = ["file", "filename", "file_name", "path", "set", "id", "name"];

    private readonly string[] _names;
    private readonly Dictionary<string, string[]> _rows;
    private readonly HashSet<string> _used = [];

    private PointLabels(string[] names, Dictionary<string, string[]> rows) => (_names, _rows) = (names, rows);

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">It has no column of files, or a file twice.</exception>
    public static PointLabels Read(string path)
    {
        var sink = new Collector(path);
        new DelimitedFormat().Read(new PointFile(path, new PointDataOptions()), sink);
        var key = Keys.Select(name => PointNames.Find(name, sink.Names)).FirstOrDefault(name => name is not null)
            ?? throw new InvalidDataException($"{path}: has columns {PointPlanner.Listed(sink.Names)}; expected one " +
                $"of {string.Join(", ", Keys)} that names the file of each row.");
        var place = Array.IndexOf(sink.Names, key);
        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (number, fields) in sink.Rows)
            if (!rows.TryAdd(fields[place].Replace('\\', '/'), [.. fields.Where((_, i) => i != place)]))
                throw new InvalidDataException(
                    $"{path}, line {number}: has file '{PrintableText.Shortened(fields[place])}' again; expected " +
                        "each file once.");
        return new PointLabels([.. sink.Names.Where(name => name != key)], rows);
    }

    /// <summary>The columns of a file: by its path in the folder, its name, or either without ending.</summary>
    /// <returns>Null where there is no row for it.</returns>
    public IReadOnlyList<KeyValuePair<string, string>>? Find(string relative, string id)
    {
        foreach (var key in new[] { relative, id, Path.GetFileName(relative), Path.GetFileName(id) })
            if (_rows.TryGetValue(key, out var row))
            {
                _used.Add(key);
                return [.. _names.Select((name, i) => KeyValuePair.Create(name, row[i]))];
            }

        return null;
    }

    /// <summary>Rows that no file asked for.</summary>
    public IReadOnlyList<string> Unused() => [.. _rows.Keys.Where(key => !_used.Contains(key))];

    /// <summary>Takes all cells as texts.</summary>
    private sealed class Collector(string path) : PointSink
    {
        private Field[] _fields = [];

        public string[] Names { get; private set; } = [];

        public List<(long Number, string[] Fields)> Rows { get; } = [];

        public override void Begin(IReadOnlyList<string> columns, string unit, bool holdsSets = false)
        {
            Names = [.. columns];
            _fields = [.. columns.Select(name => new Field(name))];
        }

        public override void BeginSet(string? id, long number) => throw new NotSupportedException();

        public override PointColumn? Column(int i) => _fields[i];

        public override void EndRow(long number) => Rows.Add((number, [.. _fields.Select(field => field.Text)]));

        public override void Fault(long number, string? column, string what) =>
            throw new InvalidDataException(FormattableString.Invariant($"{path}, line {number}: {what}."));
    }

    private sealed class Field(string name) : PointColumn
    {
        public override string Name => name;

        public string Text { get; private set; } = "";

        public override void Add(double number) => Text = KnownCell.PointText(number);

        public override void Add(ReadOnlySpan<char> text) => Text = text.Trim().ToString();

        public override void AddMissing() => Text = "";
    }
}
