using System.Globalization;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>
/// The arrays of a file and what each is: of points, of sets, or what tells where sets begin. Coordinates are one array
/// (that of the option coords, else positions, points, coords, coordinates, pos or xyz), or an array each (x, y, z).
/// </summary>
internal sealed class NumpyArrays : IDisposable
{
    /// <summary>Name of the array of a .npy file.</summary>
    public const string Alone = "positions";

    private static readonly string[] Positions = ["positions", "points", "coords", "coordinates", "pos", "xyz", "data"];
    private static readonly string[] Masks = ["mask", "masks"];
    private static readonly string[] Offsets = ["offsets", "ptr"];
    private static readonly string[] Sizes = ["sizes", "lengths", "counts", "num_points"];

    private readonly PointFile _file;
    private readonly Dictionary<string, ArrayStream> _arrays = new(StringComparer.Ordinal);
    private readonly List<NumpyColumn> _columns = [];
    private readonly ArrayStream? _mask;
    private readonly long[]? _sizes;
    private readonly bool _isPadded;
    private readonly bool _isAlone; // one set
    private readonly string _main;
    private readonly long _sets;
    private readonly long _rows; // of a padded set, or of all

    /// <summary>Opens the arrays and finds out what they are.</summary>
    /// <exception cref="InvalidDataException">There are no coordinates, or shapes do not fit.</exception>
    public NumpyArrays(PointFile file, IReadOnlyList<string> names, Func<string, ArrayStream> open)
    {
        _file = file;
        try
        {
            if (names.Count == 0) throw Fault("holds no arrays");
            foreach (var name in names) _arrays[name] = open(name);
            _main = MainArray();
            var shape = _arrays[_main].Shape;
            var (mask, offsets, sizes) = (First(Masks), First(Offsets), First(Sizes));
            var isOneColumn = _main is "x";
            var pointDims = isOneColumn ? 1 : 2; // of one set
            if (shape.Length != pointDims && shape.Length != pointDims + 1)
                throw Fault($"array {_main} has shape {Shown(shape)}; expected (sets, points" +
                    (isOneColumn ? ")" : ", coordinates)") + " or one set, or rows of all sets with offsets");
            _isPadded = shape.Length == pointDims + 1;
            _isAlone = !_isPadded && offsets is null && sizes is null;
            _sets = _isPadded ? shape[0] : 1;
            _rows = _isPadded ? shape[1] : shape[0];
            if (!_isPadded && !_isAlone)
            {
                _sizes = offsets is not null ? FromOffsets(offsets) : FromSizes(sizes!);
                _sets = _sizes.Length;
            }
            else if (_isPadded && sizes is not null)
                _sizes = FromSizes(sizes);
            if (_isPadded && mask is not null) _mask = Mask(mask);
            foreach (var (name, array) in _arrays)
                if (name != mask && name != offsets && name != sizes) AddColumns(name, array);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Pushes all points.</summary>
    public void Read(PointSink sink)
    {
        sink.Begin([.. _columns.SelectMany(column => column.Names)], _isAlone ? "point" : "set", holdsSets: !_isAlone);
        var first = 0;
        foreach (var column in _columns)
        {
            column.To = [.. column.Names.Select((_, i) => sink.Column(first + i))];
            first += column.Names.Count;
        }

        var wanted = _columns.Where(column => column.To.Any(to => to is not null)).ToArray();
        for (var set = 0L; set < _sets; set++)
        {
            var rows = (int)(_isPadded || _isAlone ? _rows : _sizes![set]);
            foreach (var column in wanted) column.Read(column.IsOfSets ? 1 : rows);
            var mask = new double[_mask is null ? 0 : rows];
            _mask?.Read(mask);
            if (!_isAlone) sink.BeginSet(null, set + 1);
            var size = _isPadded ? (int)(_sizes?[set] ?? Filled(rows)) : rows;
            for (var row = 0; row < size; row++)
            {
                if (mask.Length > 0 && mask[row] == 0) continue;
                foreach (var column in wanted) column.Push(column.IsOfSets ? 0 : row);
                sink.EndRow(_isAlone ? row + 1 : set + 1);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var array in _arrays.Values) array.Dispose();
    }

    // Without a mask, rows of nothing but nan at the end fill a set up.
    private int Filled(int rows)
    {
        if (_mask is not null) return rows;
        var coordinates = _columns.Where(column => column.Name == _main).ToArray();
        while (rows > 0 && coordinates.All(column => column.IsMissing(rows - 1))) rows--;
        return rows;
    }

    private string MainArray()
    {
        var coords = PointNames.Parse(_file.Options.Coords);
        string?[] asked = [coords is [var one] ? one : null, .. coords.Length > 1 ? coords[..1] : [], .. Positions,
            "x"];
        foreach (var name in asked)
            if (name is not null && _arrays.ContainsKey(name)) return name;
        throw Fault($"has arrays {PointPlanner.Listed([.. _arrays.Keys])}; expected coordinates in one of " +
            $"{string.Join(", ", Positions)}, or x, y, z, or the array that coords names");
    }

    private string? First(string[] names) => names.FirstOrDefault(_arrays.ContainsKey);

    private void AddColumns(string name, ArrayStream array)
    {
        var shape = array.Shape;
        var width = shape.Length > 0 ? shape[^1] : 1;
        if (_isAlone && shape.Length == 0) Add(true, 1);
        else if (_isPadded && shape.Length >= 2 && shape[0] == _sets && shape[1] == _rows && shape.Length <= 3)
            Add(false, shape.Length == 3 ? width : 1);
        else if (!_isPadded && shape.Length is 1 or 2 && shape[0] == _rows) Add(false, shape.Length == 2 ? width : 1);
        else if (shape.Length is 1 or 2 && shape[0] == _sets) Add(true, shape.Length == 2 ? width : 1);
        else if (name == _main || PointNames.Parse(
            string.Join(',', _file.Options.Coords, _file.Options.Values, _file.Options.Target, _file.Options.Id))
                .Contains(name))
            throw Fault($"array {name} has shape {Shown(shape)}; expected {_sets} sets" +
                (_isPadded ? $", or {_sets} x {_rows} points" : $", or {_rows} points"));

        void Add(bool isOfSets, long columns)
        {
            if (columns is < 1 or > NumpyColumn.MostColumns)
                throw Fault($"array {name} has shape {Shown(shape)}; expected at most {NumpyColumn.MostColumns} " +
                    "columns");
            _columns.Add(new NumpyColumn(name, array, isOfSets, (int)columns, _arrays.Count == 1 && name == Alone));
        }
    }

    private long[] FromOffsets(string name)
    {
        var offsets = Whole(name);
        if (offsets.Length == 0 || offsets[0] != 0)
            throw Fault($"array {name} begins with {(offsets.Length == 0 ? "nothing" : Text(offsets[0]))}; expected 0");
        // Either the end of the last set is there as well, or it is the end of all rows.
        long[] all = offsets[^1] == _rows && offsets.Length > 1 ? offsets : [.. offsets, _rows];
        var sizes = new long[all.Length - 1];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = all[i + 1] - all[i];
            if (sizes[i] < 0)
                throw Fault($"array {name}, item {Text(i + 2)}: is {Text(all[i + 1])} after {Text(all[i])}; expected " +
                    $"offsets that ascend to the {Text(_rows)} rows");
        }

        return sizes;
    }

    private long[] FromSizes(string name)
    {
        var sizes = Whole(name);
        for (var i = 0; i < sizes.Length; i++)
            if (sizes[i] < 0 || (_isPadded && sizes[i] > _rows))
                throw Fault($"array {name}, item {Text(i + 1)}: is {Text(sizes[i])}; expected 0 to {Text(_rows)}");
        if (_isPadded ? sizes.Length != _sets : sizes.Sum() != _rows)
            throw Fault(_isPadded
                ? $"array {name} has {sizes.Length} items; expected {Text(_sets)}, one a set"
                : $"array {name} sums to {Text(sizes.Sum())}; expected the {Text(_rows)} rows");
        return sizes;
    }

    private long[] Whole(string name)
    {
        var array = _arrays[name];
        if (array.Shape.Length != 1 || array.IsText || array.Shape[0] > int.MaxValue)
            throw Fault($"array {name} has shape {Shown(array.Shape)}; expected whole numbers in one dimension");
        var numbers = new double[array.Shape[0]];
        array.Read(numbers);
        return [.. numbers.Select((number, i) => number == Math.Floor(number) && Math.Abs(number) < 1L << 53
            ? (long)number
            : throw Fault(FormattableString.Invariant(
                $"array {name}, item {i + 1}: is {number}; expected a whole number")))];
    }

    private ArrayStream Mask(string name)
    {
        var mask = _arrays[name];
        if (mask.IsText || mask.Shape.Length != 2 || mask.Shape[0] != _sets || mask.Shape[1] != _rows)
            throw Fault($"array {name} has shape {Shown(mask.Shape)}; expected ({Text(_sets)}, {Text(_rows)}), one a " +
                "point");
        return mask;
    }

    private InvalidDataException Fault(string what) => new($"{_file.Name}: {what}.");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Shown(long[] shape) => $"({string.Join(", ", shape)})";
}
