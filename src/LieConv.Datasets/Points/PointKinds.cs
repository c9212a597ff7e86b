namespace LieConv.Datasets.Points;

/// <summary>Kinds of columns as a user says them: "label:class,charge:number,label:points".</summary>
internal sealed class PointKinds
{
    private readonly Dictionary<string, (PointTargetKind? Kind, bool? OfPoints)> _kinds =
        new(StringComparer.OrdinalIgnoreCase);

    private PointKinds()
    {
    }

    /// <summary>Columns that something is said of.</summary>
    public IEnumerable<string> Names => _kinds.Keys;

    /// <summary>Reads them.</summary>
    /// <exception cref="ArgumentException">A part is not of the form NAME:KIND.</exception>
    public static PointKinds Parse(string text)
    {
        var kinds = new PointKinds();
        foreach (var part in PointNames.Parse(text))
        {
            var colon = part.LastIndexOf(':');
            var (name, kind) = colon < 0 ? (part, "") : (part[..colon].Trim(), part[(colon + 1)..].Trim());
            var before = kinds.Find(name);
            kinds._kinds[name] = kind switch
            {
                "class" => (PointTargetKind.Class, before.OfPoints),
                "number" => (PointTargetKind.Number, before.OfPoints),
                "set" => (before.Kind, false),
                "points" => (before.Kind, true),
                _ => throw new ArgumentException(
                    $"kinds has '{part}'; expected COLUMN:KIND with a kind of class, number, set or points."),
            };
        }

        return kinds;
    }

    /// <summary>What is said of a column.</summary>
    public (PointTargetKind? Kind, bool? OfPoints) Find(string name) => _kinds.GetValueOrDefault(name);
}
