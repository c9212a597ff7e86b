namespace LieConv.Training.Json;

/// <summary>A key of configurations that once had another name, or said the same thing in another way.</summary>
/// <param name="Path">The dotted name of before; case does not matter.</param>
/// <param name="Now">The settings of today, by dotted name, that a value of before stands for; texts as
/// <see cref="ConfigEditor"/> reads them. None where it has no effect any more.</param>
public sealed record FormerKey(string Path, Func<string, IReadOnlyList<KeyValuePair<string, string>>> Now)
{
    /// <summary>A key that only moved.</summary>
    /// <param name="from">Its dotted name of before.</param>
    /// <param name="to">Its dotted name.</param>
    public static FormerKey Moved(string from, string to) => new(from, value => [new(to, value)]);

    /// <summary>Keys that moved from one part of a configuration to another.</summary>
    /// <param name="from">The part of before, such as model.</param>
    /// <param name="to">The part, such as model.block.</param>
    /// <param name="keys">The keys.</param>
    public static IEnumerable<FormerKey> Moved(string from, string to, params IEnumerable<string> keys) =>
        keys.Select(key => Moved($"{from}.{key}", $"{to}.{key}"));

    /// <summary>Values by dotted name, under the names of today.</summary>
    /// <param name="values">Values of any age.</param>
    /// <param name="former">The keys that had other names.</param>
    public static IReadOnlyDictionary<string, string> Translate(
        IReadOnlyDictionary<string, string> values, IReadOnlyList<FormerKey> former)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(former);
        return values.SelectMany(pair => Find(former, pair.Key)?.Now(pair.Value) ?? [pair])
            .GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Last().Value);
    }

    /// <summary>The former key of a path; null where it is none.</summary>
    internal static FormerKey? Find(IReadOnlyList<FormerKey> former, string path) =>
        former.FirstOrDefault(key => string.Equals(key.Path, path, StringComparison.OrdinalIgnoreCase));
}
