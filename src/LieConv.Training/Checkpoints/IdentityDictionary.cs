using System.Collections;
using System.Diagnostics.CodeAnalysis;
using LieConv.Training.Json;

namespace LieConv.Training.Checkpoints;

/// <summary>What a checkpoint must agree on to be loaded, and what it was where it does not say: a choice that there was
/// none of when it was made.</summary>
/// <param name="values">By dotted name: the task, the group, the network's shape and so on.</param>
/// <param name="former">Keys that have other names in checkpoints of before.</param>
/// <param name="usual">The identity of a configuration in which nothing is chosen.</param>
public sealed class IdentityDictionary(
    IReadOnlyDictionary<string, string> values, IReadOnlyList<FormerKey> former,
    Func<IReadOnlyDictionary<string, string>> usual)
    : IReadOnlyDictionary<string, string>
{
    private const string OfTheNetwork = "model.";

    /// <summary>The network's shape where nothing is chosen.</summary>
    public IReadOnlyDictionary<string, string> Usual => usual()
        .Where(pair => pair.Key.StartsWith(OfTheNetwork, StringComparison.Ordinal)).ToDictionary();

    /// <summary>Values of a checkpoint of any version under the names of today.</summary>
    /// <param name="expected">What they are compared with.</param>
    /// <param name="theirs">The values of the checkpoint.</param>
    internal static IReadOnlyDictionary<string, string> Translate(
        IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> theirs) =>
        expected is IdentityDictionary { Former: var former } ? FormerKey.Translate(theirs, former) : theirs;

    private IReadOnlyList<FormerKey> Former => former;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => values.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => values.Values;

    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public string this[string key] => values[key];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
