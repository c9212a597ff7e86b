using System.CommandLine;
using System.CommandLine.Parsing;
using LieConv.Training.Description;

namespace LieConv.Cli.Commands;

/// <summary>The option of a setting.</summary>
internal static class SettingOption
{
    /// <summary>The option of a setting that several tasks may have; what none of them takes is refused.</summary>
    /// <param name="candidates">The setting, as each of the tasks has it; help is that of the first.</param>
    public static Option Create(params IReadOnlyList<Setting> candidates)
    {
        Option option = candidates[0].Kind switch
        {
            SettingKind.Count => New<int?>(candidates),
            SettingKind.Whole => New<long?>(candidates),
            SettingKind.Number => New<double?>(candidates),
            SettingKind.Flag => new Option<bool>(candidates[0].Option) { Description = candidates[0].Help },
            _ => New<string?>(candidates),
        };
        foreach (var alias in candidates.Select(setting => setting.Alias).OfType<string>().Distinct())
            option.Aliases.Add(alias);
        return option;
    }

    /// <summary>The text that was given to an option; null where it was not given.</summary>
    public static string? TextOf(ParseResult result, Option option) =>
        result.GetResult(option) is not { Implicit: false } given ? null
        : given.Tokens is [var token, ..] ? token.Value
        : option is Option<bool> ? bool.TrueString : null;

    private static Option<T> New<T>(IReadOnlyList<Setting> candidates) => new(candidates[0].Option)
    {
        Description = candidates[0].Help,
        HelpName = candidates[0].ValueName,
        CustomParser = result =>
        {
            if (Read(candidates, result) is T value) return value;
            return default!;
        },
    };

    private static object? Read(IReadOnlyList<Setting> candidates, ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        foreach (var setting in candidates)
            if (setting.Read(text, out _) is { } value) return value;
        candidates[0].Read(text, out var complaint);
        result.AddError($"{candidates[0].Option} is '{text}'; expected {complaint}.");
        return null;
    }
}
