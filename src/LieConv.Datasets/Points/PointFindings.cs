using System.Globalization;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>What the columns turned out to be when all rows were read.</summary>
internal sealed class PointFindings
{
    /// <summary>Whole numbers up to so many different ones are classes, where the name does not say so.</summary>
    private const int MostGuessedClasses = 20;

    private readonly PointIngest _ingest;
    private readonly PointPlan _plan;
    private readonly List<int> _columns = [];
    private readonly List<PointCode?> _codes = [];
    private readonly List<string> _notes = [];
    private readonly List<(MixedCell Cell, PointCode? Code)> _ofSets = [];

    /// <summary>Looks at what was read.</summary>
    /// <exception cref="InvalidDataException">A target is missing, varies where it must not, or has one class only.
    /// </exception>
    public PointFindings(PointIngest ingest)
    {
        _ingest = ingest;
        _plan = ingest.Plan!;
        var mixed = ingest.Mixed.ToArray();
        for (var c = 0; c < _plan.Coordinates.Count; c++) Keep(c, null);
        var values = new List<PointValue>();
        for (var v = 0; v < _plan.Values.Count; v++)
        {
            if (mixed[v].IsDropped)
            {
                _notes.Add($"'{PrintableText.Of(mixed[v].Name)}' is left out: it has more than " +
                    $"{MixedCell.MostCategories} different texts.");
                continue;
            }

            values.Add(Value(mixed[v], _plan.Coordinates.Count + v));
        }

        var targets = new List<PointTarget>();
        for (var t = 0; t < _plan.Targets.Count; t++)
            targets.Add(Target(
                mixed[_plan.Values.Count + t], _plan.Coordinates.Count + _plan.Values.Count + t));
        Schema = new PointSchema { Coordinates = _plan.Coordinates, Values = values, Targets = targets };
    }

    /// <summary>What the columns mean.</summary>
    public PointSchema Schema { get; }

    /// <summary>The spool's columns that the blocks of sets have.</summary>
    public int[] Columns => [.. _columns];

    /// <summary>What their cells stand for.</summary>
    public IReadOnlyList<PointCode?> Codes => _codes;

    /// <summary>What is worth a line.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Targets of sets, set by set.</summary>
    public double[] SetTargets()
    {
        var (count, targets) = (_ingest.Sets.Count, new double[(long)_ingest.Sets.Count * _ofSets.Count]);
        for (var t = 0; t < _ofSets.Count; t++)
        {
            var (cell, code) = _ofSets[t];
            var first = cell.Track!.First;
            // All of them are numbers of texts where there is a text at all.
            var row = cell.Texts is null ? -1 : long.MaxValue;
            for (var set = 0; set < count; set++)
                targets[set * _ofSets.Count + t] = code?.Convert(first[set], row) ?? first[set];
        }

        return targets;
    }

    private void Keep(int column, PointCode? code)
    {
        _columns.Add(column);
        _codes.Add(code);
    }

    private PointValue Value(MixedCell cell, int column)
    {
        if (cell.Texts is null && cell.Plan.Kind != PointTargetKind.Class)
        {
            Keep(column, null);
            return new PointValue(cell.Name, []);
        }

        var (names, code) = Classes(cell, MixedCell.MostCategories);
        Keep(column, code);
        return new PointValue(cell.Name, names);
    }

    private PointTarget Target(MixedCell cell, int column)
    {
        var track = cell.Track!;
        var ofPoints = cell.Plan.OfPoints ?? track.Varying > 0;
        if (!ofPoints) RequireOnePerSet(cell, track);
        else if (track.Missing is var (file, number, set))
            throw new InvalidDataException($"{_ingest.Sets.PlaceOf(file, number)}, column '{Shown(cell.Name)}': is " +
                $"empty in set '{Shown(_ingest.Sets.Ids[set])}'; expected a value for each point" +
                (cell.Plan.OfPoints is null ? $", since it varies within sets ({Where(track)})." : ", as kinds says."));
        if (ofPoints && cell.Plan.OfPoints is null && track.Varying * 10L < _ingest.Sets.Count)
            _notes.Add($"'{Shown(cell.Name)}' varies within {track.Varying} of {_ingest.Sets.Count} sets only " +
                $"({Where(track)}), so it is taken for one of each point; kinds {cell.Name}:set asks for one of each " +
                    "set.");
        var members = ofPoints ? _ingest.Spool.Count : _ingest.Sets.Count;
        if (!IsClass(cell, members))
        {
            Place(cell, column, null, ofPoints);
            return new PointTarget(cell.Name, PointTargetKind.Number, ofPoints, []);
        }

        var (names, code) = Classes(cell, MixedCell.MostClasses);
        if (names.Count < 2)
            throw new InvalidDataException($"{_ingest.Sets.PlaceOf(0, 0)}, column '{Shown(cell.Name)}': is " +
                $"'{string.Join("", names.Select(Shown))}' in all rows; expected at least two classes.");
        Place(cell, column, code, ofPoints);
        if (!ofPoints) NoteSingles(cell, names, code);
        return new PointTarget(cell.Name, PointTargetKind.Class, ofPoints, names);
    }

    private void Place(MixedCell cell, int column, PointCode? code, bool ofPoints)
    {
        if (ofPoints) Keep(column, code);
        else _ofSets.Add((cell, code));
    }

    private void RequireOnePerSet(MixedCell cell, TargetTrack track)
    {
        if (track.Variation is var (file, number, set, was, @is))
            throw new InvalidDataException($"{_ingest.Sets.PlaceOf(file, number)}, column '{Shown(cell.Name)}': is " +
                $"'{Shown(@is)}', and '{Shown(was)}' before in set '{Shown(_ingest.Sets.Ids[set])}'; expected one " +
                "for the whole set, as kinds says.");
        for (set = 0; set < track.First.Count; set++)
            if (double.IsNaN(track.First[set]))
                throw new InvalidDataException($"{_ingest.Sets.PlaceOf(set)}, column '{Shown(cell.Name)}': set " +
                    $"'{Shown(_ingest.Sets.Ids[set])}' has no target; expected one in its rows.");
    }

    private static bool IsClass(MixedCell cell, long members) => cell.Plan.Kind switch
    {
        PointTargetKind.Class => true,
        PointTargetKind.Number => false,
        _ when cell.Texts is not null => true,
        _ when cell.Numbers is not { } numbers || !cell.AreWhole => false,
        _ => PointNames.IsNamedClass(cell.Name) || (cell.Numbers.Count <= MostGuessedClasses
            && cell.Numbers.Count * 2L <= members),
    };

    /// <summary>Names of classes in order, and what the cells stand for.</summary>
    private (IReadOnlyList<string> Names, PointCode Code) Classes(MixedCell cell, int most)
    {
        if (cell.Texts is null && cell.Numbers is null)
            throw new InvalidDataException($"{_ingest.Sets.PlaceOf(0, 0)}, column '{Shown(cell.Name)}': has more " +
                $"than {most} " +
                "different numbers; expected fewer for classes, as kinds says.");
        var raw = cell.Texts?.All ?? [.. cell.Numbers!.Select(KnownCell.PointText)];
        var areNumbers = raw.All(text => NumberCell.TryNumber(text, out _));
        string[] names = areNumbers
            ? [.. raw.OrderBy(text => double.Parse(text, CultureInfo.InvariantCulture))]
            : [.. raw.Order(StringComparer.Ordinal)];
        var texts = raw.Select(text => (double)Array.IndexOf(names, text)).ToArray();
        var numbers = (cell.Numbers ?? []).ToDictionary(
            number => number, number => (double)Array.IndexOf(names, KnownCell.PointText(number)));
        return (names, new PointCode(cell.FirstText, numbers, texts));
    }

    private void NoteSingles(MixedCell cell, IReadOnlyList<string> names, PointCode code)
    {
        var row = cell.Texts is null ? -1 : long.MaxValue;
        var (counts, last) = (new int[names.Count], new int[names.Count]);
        for (var set = 0; set < cell.Track!.First.Count; set++)
        {
            var number = (int)code.Convert(cell.Track.First[set], row);
            counts[number]++;
            last[number] = set;
        }

        for (var i = 0; i < names.Count; i++)
            if (counts[i] == 1)
                _notes.Add($"Class '{Shown(names[i])}' of '{Shown(cell.Name)}' has one set only, " +
                    $"'{Shown(_ingest.Sets.Ids[last[i]])}' ({_ingest.Sets.PlaceOf(last[i])}); expected two or more: " +
                    "it cannot be trained on and tested.");
    }

    private string Where(TargetTrack track) => track.Variation is var (file, number, _, was, @is)
        ? $"first in {_ingest.Sets.PlaceOf(file, number)}: '{Shown(@is)}' after '{Shown(was)}'"
        : "";

    private static string Shown(string text) => PrintableText.Shortened(text);
}
