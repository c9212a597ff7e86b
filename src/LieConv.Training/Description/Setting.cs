using LieConv.Training.Json;

namespace LieConv.Training.Description;

/// <summary>A value that a user may give: an option of the command line and, where it has one, a key of config.json; both
/// are the same thing.</summary>
/// <param name="Option">The option, such as --lr.</param>
/// <param name="Key">The key, such as train.learningRate; null for an option of one call that no run remembers.</param>
/// <param name="Help">What it is, as a sentence.</param>
/// <param name="ValueName">What stands for the value in help texts, such as RATE.</param>
/// <param name="Kind">What its value is.</param>
public sealed record Setting(string Option, string? Key, string Help, string ValueName, SettingKind Kind)
{
    /// <summary>What is expected instead of a value; null where the value is right. It is given an int, a long, a double, a
    /// bool or a string, as <see cref="Kind"/> says.</summary>
    public Func<object, string?> Check { get; init; } = static _ => null;

    /// <summary>Another spelling of the option; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>What is expected where a text is no value of this kind.</summary>
    public string Expected { get; init; } = "";

    /// <summary>Whether the preset is made for the value, as for a network or a group, on which other values
    /// depend; then nothing is laid over it.</summary>
    public bool IsOfPreset { get; init; }

    /// <summary>All keys that a value sets, where it is not <see cref="Key"/> alone or not to the value itself.</summary>
    public Func<object, IReadOnlyList<KeyValuePair<string, object>>>? Sets { get; init; }

    /// <summary>A text.</summary>
    public static Setting Text(string option, string? key, string help, string valueName) =>
        new(option, key, help, valueName, SettingKind.Text);

    /// <summary>One of the names of an enumeration, in small or large letters.</summary>
    /// <param name="option">The option.</param>
    /// <param name="key">The key.</param>
    /// <param name="help">What it is.</param>
    /// <param name="expected">What to say to other names.</param>
    public static Setting Name<TEnum>(string option, string? key, string help, string expected) where TEnum : struct, Enum =>
        Text(option, key, help, "NAME") with
        {
            Check = value => Enum.GetNames<TEnum>().Contains((string)value, StringComparer.OrdinalIgnoreCase)
                ? null
                : expected,
        };

    /// <summary>Something that is so where the option is given.</summary>
    public static Setting Flag(string option, string? key, string help) =>
        new(option, key, help, "", SettingKind.Flag) { Expected = "true or false" };

    /// <summary>A count of something.</summary>
    /// <param name="option">The option.</param>
    /// <param name="key">The key.</param>
    /// <param name="help">What it is.</param>
    /// <param name="least">The least that is right.</param>
    /// <param name="most">The most that is right: far beyond any use.</param>
    /// <param name="expected">What to say to other values; null for a sentence from the least.</param>
    public static Setting Count(
        string option, string? key, string help, int least = 1, int most = int.MaxValue, string? expected = null)
    {
        var words = expected ?? FormattableString.Invariant($"a whole number from {least}");
        return new Setting(option, key, help, "N", SettingKind.Count)
        {
            Expected = words,
            Check = value => (int)value < least ? words
                : (int)value > most ? expected ?? FormattableString.Invariant($"at most {most}") : null,
        };
    }

    /// <summary>A number.</summary>
    /// <param name="option">The option.</param>
    /// <param name="key">The key.</param>
    /// <param name="help">What it is.</param>
    /// <param name="valueName">What stands for it in help texts.</param>
    /// <param name="expected">What to say to other values.</param>
    /// <param name="accepts">Tells whether a number is in the range that <paramref name="expected"/> names.</param>
    public static Setting Number(
        string option, string? key, string help, string valueName, string expected, Func<double, bool> accepts) =>
        new(option, key, help, valueName, SettingKind.Number)
        {
            Expected = expected, Check = value => accepts((double)value) ? null : expected,
        };

    /// <summary>The value of a text.</summary>
    /// <param name="text">As it was typed.</param>
    /// <param name="complaint">What was expected, as the end of a sentence; null where the text is right.</param>
    /// <returns>The value; null where the text is wrong.</returns>
    public object? Read(string text, out string? complaint)
    {
        object? value = Kind switch
        {
            SettingKind.Count => PlainNumber.TryParse<int>(text, out var count) ? count : null,
            SettingKind.Whole => PlainNumber.TryParse<long>(text, out var whole) ? whole : null,
            SettingKind.Number => PlainNumber.TryParse<double>(text, out var number) ? number : null,
            SettingKind.Flag => bool.TryParse(text, out var flag) ? flag : null,
            _ => text,
        };
        complaint = value is null ? Expected : Check(value);
        return complaint is null ? value : null;
    }

    /// <summary>A configuration with a value of this setting laid over.</summary>
    /// <exception cref="ArgumentException">If the configuration has no such key.</exception>
    public TConfig Apply<TConfig>(TConfig config, object value) where TConfig : class
    {
        if (Sets is not null)
            return Sets(value).Aggregate(config, (changed, pair) => ConfigEditor.Set(changed, pair.Key, pair.Value));
        return Key is null ? config : ConfigEditor.Set(config, Key, value);
    }
}
