using System.Runtime.CompilerServices;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>Takes the rows of all files, as the plan of the first one's columns says.</summary>
/// <param name="makePlan">Makes the plan of the first file's columns, its name, and whether it holds sets.</param>
/// <param name="folder">Folder for temporary files.</param>
internal sealed class PointIngest(Func<IReadOnlyList<string>, string, bool, PointPlan> makePlan, string folder)
    : PointSink, IDisposable
{
    private readonly List<PointColumn> _cells = []; // coordinates, values, targets: columns of the spool
    private PointSpool? _spool;
    private KeyCell? _id, _group, _split;
    private TargetTrack[] _tracks = [];
    private PointColumn?[] _columns = [];
    private (PointColumn Cell, string Text)[] _extraCells = [];
    private int[] _absent = [];
    private string _fileId = "";
    private IReadOnlyList<KeyValuePair<string, string>> _extras = [];
    private bool _isAlone;
    private bool _inBlock;
    private string? _blockId;
    private long _blockNumber;
    private int _set = -1; // of the row before, or the block
    private long _rowsBefore;
    private (string? Column, string What)? _fault;

    /// <summary>What the columns are taken for.</summary>
    public PointPlan? Plan { get; private set; }

    /// <summary>The rows.</summary>
    public PointSpool Spool => _spool ?? throw new InvalidOperationException("No file was begun.");

    /// <summary>The sets.</summary>
    public PointSetList Sets { get; } = new();

    /// <summary>Columns whose kinds show while they are read: values and targets; none in prediction.</summary>
    public IEnumerable<MixedCell> Mixed => _cells.OfType<MixedCell>();

    /// <summary>The first set whose rows do not follow one another: its number and the place where it goes
    /// on.</summary>
    public (int Set, string Place)? Reopened { get; private set; }

    /// <summary>Begins a file.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="id">Name of the set, where the file is one.</param>
    /// <param name="extras">Columns that are the same for the whole file, from its folder or a table of labels.</param>
    /// <param name="isAlone">Whether there is no other file.</param>
    public void BeginFile(string name, string id, IReadOnlyList<KeyValuePair<string, string>> extras, bool isAlone)
    {
        (_fileId, _extras, _isAlone) = (id, extras, isAlone);
        Sets.Places.Add($"{name}, line ");
        (_inBlock, _set, _fault, _columns) = (false, -1, null, []);
        _id?.Forget();
        _rowsBefore = _spool?.Count ?? 0;
    }

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<string> columns, string unit, bool holdsSets = false)
    {
        var name = Sets.Places[^1][..Sets.Places[^1].LastIndexOf(", ", StringComparison.Ordinal)];
        Sets.Places[^1] = $"{name}, {unit} ";
        var twice = columns.Where(column => column.Length > 0).GroupBy(column => column)
            .FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
            throw new InvalidDataException(
                $"{name}: has {twice.Count()} columns named '{PrintableText.Shortened(twice.Key)}'; expected each " +
                    "name once.");
        string[] all = [.. columns, .. _extras.Select(extra => extra.Key).Where(extra => !columns.Contains(extra))];
        // All files of a training are read as the first one; new files may each name their columns in their own way.
        if (Plan is null or { IsForPrediction: true })
        {
            Plan = makePlan(all, name, holdsSets);
            if (_spool is null) MakeCells(Plan);
            _id = KeyOf(Plan.Id);
            _group = KeyOf(Plan.Group);
            _split = KeyOf(Plan.Split);
        }

        PointPlanner.RequireDimension(Plan, all, name);
        Map(all, columns.Count, name);
    }

    /// <inheritdoc/>
    public override void BeginSet(string? id, long number)
    {
        CloseBlock();
        (_inBlock, _blockId, _blockNumber, _set) = (true, id, number, -1);
        _id?.Forget();
    }

    /// <inheritdoc/>
    public override PointColumn? Column(int i) => _columns[i];

    /// <inheritdoc/>
    // What every row passes through is compiled well at once: a data set is often read before the runtime has counted
    // enough calls, and with counters in the loops meanwhile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void EndRow(long number)
    {
        foreach (var (cell, text) in _extraCells) cell.Add(text.AsSpan());
        foreach (var missing in _absent) _spool!.Put(missing, double.NaN);
        var (before, set) = (_set, _set = SetOfRow(number));
        var isNew = set != before || _group?.HasChanged == true || _split?.HasChanged == true;
        if (_fault is null && isNew) SetKeys(set);
        if (_fault is var (column, what)) Refuse(set, number, column, what);
        else
        {
            foreach (var track in _tracks) track.See(set, Sets.Places.Count - 1, number);
            _spool!.Commit(set);
            Sets.Sizes[set]++;
        }

        _id?.Next();
        _group?.Next();
        _split?.Next();
    }

    /// <inheritdoc/>
    public override void Fault(long number, string? column, string what)
    {
        if (_inBlock || Plan is null || !Plan.IsForPrediction) Refuse(_set, number, column, what);
        else _fault ??= (column, what);
    }

    /// <summary>Says what is wrong with a cell of the row at hand; it is thrown when the row ends.</summary>
    public void CellFault(string column, string what) => _fault ??= (column, what);

    /// <summary>Ends a file.</summary>
    public void EndFile()
    {
        CloseBlock();
        if ((_spool?.Count ?? 0) > _rowsBefore || Sets.Files.Contains(Sets.Places.Count - 1)) return;
        throw new InvalidDataException($"{Sets.PlaceOf(Sets.Places.Count - 1, 0)}: holds no points.");
    }

    /// <summary>Ends a file that cannot be read on: what is wrong belongs to its last set, or to the file as
    /// one.</summary>
    public void FailFile(string fault)
    {
        var file = Sets.Places.Count - 1;
        var set = _set >= 0 && Sets.Files[_set] == file ? _set : Sets.Add(_fileId, 0, isFirst: false);
        Sets.Refuse(set, fault);
        _inBlock = false;
    }

    /// <inheritdoc/>
    public void Dispose() => _spool?.Dispose();

    private void MakeCells(PointPlan plan)
    {
        var planned = plan.Values.Concat(plan.Targets).ToArray();
        _spool = new PointSpool(plan.Coordinates.Count + planned.Length, folder);
        foreach (var name in plan.Coordinates) _cells.Add(new NumberCell(this, name, _spool, _cells.Count, false));
        for (var i = 0; i < planned.Length; i++)
            _cells.Add(CellOf(planned[i], _spool, isTarget: i >= plan.Values.Count));
        _tracks = [.. Mixed.Select(cell => cell.Track).OfType<TargetTrack>()];
    }

    private KeyCell? KeyOf(string? column) => column is null ? null : new KeyCell(this, column);

    private PointColumn CellOf(PlannedColumn column, PointSpool spool, bool isTarget) =>
        column.Known is not { } known ? new MixedCell(this, column, spool, _cells.Count, isTarget)
        : known.Count > 0 ? new KnownCell(this, column.Name, spool, _cells.Count, new PointTexts(known), isTarget)
        : new NumberCell(this, column.Name, spool, _cells.Count, isTarget);

    /// <summary>Finds the columns of the plan in a file, which may have them in another order.</summary>
    private void Map(string[] all, int own, string file)
    {
        var columns = new PointColumn?[all.Length];
        var extras = new List<(PointColumn, string)>();
        var absent = new List<int>();
        for (var c = 0; c < _cells.Count; c++)
        {
            var isTarget = c >= Plan!.Coordinates.Count + Plan.Values.Count;
            var name = PointNames.Find(c < Plan.Coordinates.Count ? Plan.Coordinates[c] : _cells[c].Name, all);
            if (name is null && Plan.IsForPrediction && isTarget) absent.Add(c);
            else Assign(_cells[c], name);
        }

        foreach (var key in new[] { _id, _group, _split })
            if (key is not null) Assign(key, PointNames.Find(key.Name, all));
        (_columns, _extraCells, _absent) = (columns[..own], [.. extras], [.. absent]);

        void Assign(PointColumn cell, string? name)
        {
            var place = name is null ? -1 : Array.IndexOf(all, name);
            if (place < 0)
                throw new InvalidDataException($"{file}: has no column '{PrintableText.Of(cell.Name)}'; its columns " +
                    $"are {PointPlanner.Listed(all)}.");
            columns[place] = cell;
            if (place >= own) extras.Add((cell, _extras.Single(extra => extra.Key == name).Value));
        }
    }

    private int SetOfRow(long number)
    {
        if (_inBlock) return _set >= 0 ? _set : AddSet(BlockName(), _blockNumber);
        if (_id is null) return _set >= 0 ? _set : AddSet(_fileId, 0);
        if (!_id.IsFilled) return _set >= 0 ? _set : AddSet(_fileId, number);
        if (!_id.HasChanged && _set >= 0) return _set;
        var set = Sets.Find(_id.Text);
        if (set < 0) return AddSet(_id.Text.ToString(), number);
        Reopened ??= (set, Sets.PlaceOf(Sets.Places.Count - 1, number));
        return set;
    }

    private string BlockName()
    {
        if (_blockId is not null) return _blockId;
        if (_id is { IsFilled: true }) return _id.Text.ToString();
        var number = _blockNumber.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return _isAlone ? number : $"{_fileId}/{number}";
    }

    private int AddSet(string name, long number)
    {
        var first = Sets.Find(name);
        var set = Sets.Add(name, number, isFirst: first < 0);
        if (first >= 0)
            _fault = (null, $"set '{PrintableText.Shortened(name)}' is there already, in {Sets.PlaceOf(first)}; " +
                "expected each name of a set once");
        return set;
    }

    private void SetKeys(int set)
    {
        SetKey(_group, Sets.Groups, Sets.GroupNames, set);
        SetKey(_split, Sets.Splits, Sets.SplitNames, set);
    }

    private void SetKey(KeyCell? cell, List<int> keys, PointTexts names, int set)
    {
        if (cell is null) return;
        var key = names.Add(cell.Text);
        if (keys[set] < 0) keys[set] = key;
        else if (keys[set] != key)
            CellFault(cell.Name, $"is '{PrintableText.Shortened(names.All[key])}'; expected " +
                $"'{PrintableText.Shortened(names.All[keys[set]])}', as in the other rows of set " +
                $"'{PrintableText.Shortened(Sets.Ids[set])}'");
    }

    private void CloseBlock()
    {
        if (_inBlock && _set < 0)
        {
            _set = AddSet(BlockName(), _blockNumber);
            Refuse(_set, _blockNumber, null, "has no points; expected at least one");
        }

        _inBlock = false;
    }

    private void Refuse(int set, long number, string? column, string what)
    {
        var place = Sets.PlaceOf(Sets.Places.Count - 1, number);
        var fault = column is null ? $"{place}: {what}." : $"{place}, column '{PrintableText.Of(column)}': {what}.";
        _fault = null;
        if (Plan is null or { IsForPrediction: false }) throw new InvalidDataException(fault);
        if (set < 0) set = _set = AddSet(_inBlock ? BlockName() : _fileId, _inBlock ? _blockNumber : number);
        _fault = null;
        Sets.Refuse(set, fault);
    }
}
