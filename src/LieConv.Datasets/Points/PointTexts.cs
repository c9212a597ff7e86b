namespace LieConv.Datasets.Points;

/// <summary>Texts by number, each once.</summary>
internal sealed class PointTexts
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];

    /// <summary>No texts.</summary>
    public PointTexts() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Texts with numbers in their order.</summary>
    public PointTexts(IEnumerable<string> texts)
        : this()
    {
        foreach (var text in texts) Add(text);
    }

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> All => _texts;

    /// <summary>Number of texts.</summary>
    public int Count => _texts.Count;

    /// <summary>The number of a text, or -1.</summary>
    public int Find(ReadOnlySpan<char> text) => _lookup.TryGetValue(text, out var code) ? code : -1;

    /// <summary>The number of a text, which is new where it was not there.</summary>
    public int Add(ReadOnlySpan<char> text)
    {
        if (_lookup.TryGetValue(text, out var code)) return code;
        var own = text.ToString();
        _codes.Add(own, _texts.Count);
        _texts.Add(own);
        return _texts.Count - 1;
    }
}
