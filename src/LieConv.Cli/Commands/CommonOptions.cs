using System.CommandLine;
using System.Numerics;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;

namespace LieConv.Cli.Commands;

/// <summary>Options that several commands share, with one spelling everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>Makes an argument refuse what looks like an option, so that a misspelt one is not taken for a path.</summary>
    public static Argument<T> NoOption<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
                result.AddError($"Unrecognized command or argument '{token.Value}'.");
        });
        return argument;
    }

    /// <summary>The first option that was given, or null.</summary>
    public static Option? FirstGiven(this IEnumerable<Option> options, ParseResult result) =>
        options.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });

    public static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };

    /// <summary>A number as <see cref="PlainNumber"/> reads it, null where it is not given.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">For the help text.</param>
    /// <param name="helpName">For the help text.</param>
    /// <param name="expected">What to say to other input.</param>
    /// <param name="accepts">Tells whether a number is in the range that <paramref name="expected"/> names.</param>
    public static Option<T?> Number<T>(
        string name, string description, string helpName, string expected, Func<T, bool>? accepts = null)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (PlainNumber.TryParse<T>(text, out var value) && accepts?.Invoke(value) != false)
                    return value;
                result.AddError($"{name} is '{text}'; expected {expected}.");
                return null;
            },
        };

    /// <summary>A count of something, from 1.</summary>
    public static Option<int?> Count(string name, string description) =>
        Number<int>(name, description, "N", "a whole number from 1", value => value >= 1);

    /// <summary>A count of something, from 1 to a number that nobody reaches but by a slip of the keyboard.</summary>
    public static Option<int?> Count(string name, string description, int most)
    {
        var option = Count(name, description);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && PlainNumber.TryParse<int>(token.Value, out var value) && value > most)
                result.AddError($"{name} is '{token.Value}'; expected at most {most}.");
        });
        return option;
    }

    public static Option<double?> LearningRate() => Number<double>(
        "--lr", "Learning rate at the start.", "RATE", "a number above 0 and at most 10",
        value => value is > 0 and <= 10);

    public static Option<long?> Seed() =>
        Number<long>("--seed", "Seed of everything random.", "N", "a whole number from 0", value => value >= 0);

    /// <summary>One of the names of an enumeration, in any case; null where it is not given.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">For the help text.</param>
    /// <param name="expected">The names, for other input.</param>
    public static Option<T?> Choice<T>(string name, string description, string expected) where T : struct, Enum =>
        new(name)
        {
            Description = description,
            HelpName = "NAME",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                foreach (var value in Enum.GetValues<T>())
                    if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)) return value;
                result.AddError($"{name} is '{text}'; expected {expected}.");
                return null;
            },
        };

    public static Option<string?> Precision(string names) => Text("--precision", $"{names}.", "TYPE");

    public static Option<double?> Minutes() => Number<double>(
        "--max-minutes", "Stop and evaluate after so many minutes.", "MINUTES", "a number from 0 (no limit)",
        value => value >= 0);

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    /// <summary>Which checkpoint of a run; a name and no path.</summary>
    public static Option<string?> Checkpoint()
    {
        var option = Text("--checkpoint", "last or best [default: best, and where there is none, last].", "NAME");
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && token.Value is not (CheckpointStore.Last or CheckpointStore.Best))
                result.AddError($"{option.Name} is '{token.Value}'; expected last or best.");
        });
        return option;
    }

    public static Option<string?> Group() => Text(
        "--group", "The symmetry, such as T2, SO2, SE2:0.05; lieconv groups lists them.", "GROUP");

    public static Option<string?> Preset(IEnumerable<string> names, string usual) => Text(
        "--preset", $"Settings to start from: {string.Join(", ", names)} [default: {usual}].", "NAME");

    public static Option<string?> DataRoot() => Text(
        "--data-root", "Folder with the data [default: the usual data folder, else the built-in sample].", "DIR");

    public static Option<int?> Threads() => Number<int>(
        "--threads", "Threads of libtorch; 0 for its own choice.", "N", "a whole number from 0 to 4096",
        value => value is >= 0 and <= 4096);

    public static Option<string?> Device() => Text("--device", "Where to compute: cpu, cuda or cuda:N.", "NAME");

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Any single setting, such as model.channels=64; may be repeated.",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };
}
