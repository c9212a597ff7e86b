namespace LieConv.Training.Description;

/// <summary>The settings that were given, by option.</summary>
/// <param name="values">Values of the kinds that their settings have.</param>
public sealed class SettingValues(IReadOnlyDictionary<string, object> values)
{
    /// <summary>None.</summary>
    public static SettingValues None { get; } = new(new Dictionary<string, object>());

    /// <summary>Their options.</summary>
    public IEnumerable<string> Options => values.Keys;

    /// <summary>The value of an option; null where it was not given.</summary>
    public object? this[string option] => values.GetValueOrDefault(option);

    /// <summary>The text of an option; null where it was not given.</summary>
    public string? Text(string option) => (string?)this[option];

    /// <summary>The count of an option; null where it was not given.</summary>
    public int? Count(string option) => (int?)this[option];

    /// <summary>The number of an option; null where it was not given.</summary>
    public double? Number(string option) => (double?)this[option];

    /// <summary>The text of an option that must be given.</summary>
    /// <exception cref="ArgumentException">If it was not: one sentence.</exception>
    public string Required(string option, string expected) =>
        Text(option) ?? throw new ArgumentException($"{option} is missing; expected {expected}.");
}
