namespace LieConv.Datasets.Points;

/// <summary>Makes <see cref="PointSets"/> set by set, for readers whose schema is known from the start.</summary>
public sealed class PointSetsBuilder : IDisposable
{
    private readonly PointSchema _schema;
    private readonly string _source;
    private readonly PointSpool _spool;
    private readonly PointSetList _sets = new();
    private readonly List<double> _targets = [];

    /// <summary>Begins.</summary>
    /// <param name="schema">What is added.</param>
    /// <param name="source">Where it comes from, for the description.</param>
    /// <exception cref="ArgumentException">The schema is not valid.</exception>
    public PointSetsBuilder(PointSchema schema, string source)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentException.ThrowIfNullOrEmpty(source);
        if (schema.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors), nameof(schema));
        (_schema, _source) = (schema, source);
        _spool = new PointSpool(schema.Dimensions + schema.Values.Count + schema.Targets.Count(target =>
            target.OfPoints),
            PointCache.TemporaryFolder());
    }

    /// <summary>Adds a set of n points.</summary>
    /// <param name="id">Its name, once only.</param>
    /// <param name="place">Where it is, for messages.</param>
    /// <param name="positions">Coordinates, row-major (n, D).</param>
    /// <param name="values">Values, row-major (n, number of values): a category by its number, not one-hot.</param>
    /// <param name="targets">For each target one number of the set, or n of its points; one target after the
    /// other.</param>
    /// <param name="group">Group of the set, or null.</param>
    /// <param name="split">Part of the split, or null.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or the name is there already.</exception>
    public void Add(
        string id, string place, ReadOnlySpan<double> positions, ReadOnlySpan<double> values,
        ReadOnlySpan<double> targets, string? group = null, string? split = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(place);
        var (dimensions, width) = (_schema.Dimensions, _schema.Values.Count);
        var size = positions.Length / dimensions;
        if (size == 0 || size * dimensions != positions.Length)
            throw new ArgumentException(
                $"{place}: has {positions.Length} coordinates; expected a multiple of {dimensions}.", nameof(positions));
        if (values.Length != size * width)
            throw new ArgumentException(
                $"{place}: has {values.Length} values; expected {size * width}.", nameof(values));
        if (_sets.Find(id) >= 0) throw new ArgumentException($"{place}: set '{id}' is there already.", nameof(id));
        var expected = _schema.Targets.Sum(target => target.OfPoints ? size : 1);
        if (targets.Length != expected)
            throw new ArgumentException(
                $"{place}: has {targets.Length} targets; expected {expected}.", nameof(targets));
        _sets.Places.Add(place + ", ");
        var set = _sets.Add(id, 0);
        if (group is not null) _sets.Groups[set] = _sets.GroupNames.Add(group);
        if (split is not null) _sets.Splits[set] = _sets.SplitNames.Add(split);
        for (var point = 0; point < size; point++)
        {
            var column = 0;
            for (var d = 0; d < dimensions; d++) _spool.Put(column++, positions[point * dimensions + d]);
            for (var v = 0; v < width; v++) _spool.Put(column++, values[point * width + v]);
            var before = 0;
            for (var t = 0; t < _schema.Targets.Count; t++)
            {
                var isOfPoints = _schema.Targets[t].OfPoints;
                if (isOfPoints) _spool.Put(column++, targets[before + point]);
                before += isOfPoints ? size : 1;
            }

            _spool.Commit(set);
        }

        _sets.Sizes[set] = size;
        var first = 0;
        foreach (var target in _schema.Targets)
        {
            if (!target.OfPoints) _targets.Add(targets[first]);
            first += target.OfPoints ? size : 1;
        }
    }

    /// <summary>The sets, in a temporary file that is deleted with them.</summary>
    public PointSets Build() => PointCache.WriteTemporary(PointCache.TemporaryFolder(), stream => Write(stream, ""));

    /// <summary>The sets, kept in a file for the next run, which <see cref="PointCache.TryOpen(string, string,
    /// Action{string})"/> opens.</summary>
    /// <param name="cache">The file to make; its folder must exist.</param>
    /// <param name="key">What they were made from.</param>
    internal PointSets Build(string cache, string key) => PointCache.Write(cache, stream => Write(stream, key));

    /// <inheritdoc/>
    public void Dispose() => _spool.Dispose();

    private void Write(Stream stream, string key)
    {
        _spool.Complete();
        new PointStoreWriter(_spool, _sets, _schema, [.. Enumerable.Range(0, _spool.Columns)],
            new PointCode?[_spool.Columns]).Write(stream, [.. _targets], key,
            PointSpeech.Describe(_schema, _sets.Sizes, _source), []);
    }
}
