using LieConv.Groups;

namespace LieConv.Training.Classification;

/// <summary>Groups of the plane by name, as the original's README sets them for images.</summary>
internal static class PlaneGroups
{
    /// <summary>The distance weight and the lifts that the original's README gives a group, where not the usual
    /// ones.</summary>
    private static readonly Dictionary<string, (double Alpha, int Lifts)> Settings =
        new(StringComparer.OrdinalIgnoreCase)
    {
        ["SO2"] = (0.2, 1), ["RxSO2"] = (0.3, 1), ["SE2"] = (0.05, 2), ["Rx"] = (0.1, 1),
    };

    /// <summary>A group's name with its distance weight, where none is given, and its lifts; null for the usual ones.
    /// </summary>
    /// <param name="named">The name that was given.</param>
    public static (string Group, int? Lifts) Resolve(string named)
    {
        var name = named.Split(':')[0];
        if (!Settings.TryGetValue(name, out var settings)) return (named, null);
        return (named == name ? FormattableString.Invariant($"{name}:{settings.Alpha}") : named, settings.Lifts);
    }

    /// <summary>The group of a name, of the plane where it does not say; a network refuses others.</summary>
    /// <exception cref="ArgumentException">There is none: one sentence.</exception>
    public static LieGroup Parse(string name) => LieGroups.ParseOn(2, name, static _ => null);
}
