namespace LieConv.Datasets.Points;

/// <summary>The sets that were found while reading: names, places, sizes, groups and parts, and what is
/// wrong.</summary>
internal sealed class PointSetList
{
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly Dictionary<int, string> _faults = [];

    /// <summary>An empty list.</summary>
    public PointSetList() => _byText = _byId.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Names.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>Number of the file in <see cref="Places"/>.</summary>
    public List<int> Files { get; } = [];

    /// <summary>Line or row where each begins; 0 where the file is all of it.</summary>
    public List<long> Numbers { get; } = [];

    /// <summary>Points of each.</summary>
    public List<int> Sizes { get; } = [];

    /// <summary>Group of each by its number in <see cref="GroupNames"/>; -1 for none.</summary>
    public List<int> Groups { get; } = [];

    /// <summary>Part of each by its number in <see cref="SplitNames"/>; -1 for none.</summary>
    public List<int> Splits { get; } = [];

    /// <summary>Names of groups.</summary>
    public PointTexts GroupNames { get; } = new();

    /// <summary>Names of parts.</summary>
    public PointTexts SplitNames { get; } = new();

    /// <summary>Files with the unit of their rows: "shapes.csv, line ".</summary>
    public List<string> Places { get; } = [];

    /// <summary>Number of sets.</summary>
    public int Count => Ids.Count;

    /// <summary>What is wrong with a set, or null.</summary>
    public string? FaultOf(int set) => _faults.GetValueOrDefault(set);

    /// <summary>Remembers the first thing that is wrong with a set.</summary>
    public void Refuse(int set, string fault) => _faults.TryAdd(set, fault);

    /// <summary>The set of a name, or -1.</summary>
    public int Find(ReadOnlySpan<char> id) => _byText.TryGetValue(id, out var set) ? set : -1;

    /// <summary>Adds a set.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="number">Where it begins in the file last added; 0 for all of it.</param>
    /// <param name="isFirst">Whether the name finds it from now on; not so for one whose name is taken.</param>
    /// <returns>Its number.</returns>
    public int Add(string id, long number, bool isFirst = true)
    {
        if (isFirst) _byId.Add(id, Count);
        Ids.Add(id);
        Files.Add(Places.Count - 1);
        Numbers.Add(number);
        Sizes.Add(0);
        Groups.Add(-1);
        Splits.Add(-1);
        return Count - 1;
    }

    /// <summary>Where a set begins.</summary>
    public string PlaceOf(int set) => PlaceOf(Files[set], Numbers[set]);

    /// <summary>A place in a file.</summary>
    public string PlaceOf(int file, long number) => Describe(Places[file], number);

    /// <summary>A place: "shapes.csv, line 12", or the file alone for number 0.</summary>
    /// <param name="place">"shapes.csv, line ".</param>
    /// <param name="number">Line or row.</param>
    public static string Describe(string place, long number) =>
        number > 0
            ? FormattableString.Invariant($"{place}{number}")
            : place[..place.LastIndexOf(", ", StringComparison.Ordinal)];
}
