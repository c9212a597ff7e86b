using System.CommandLine;
using System.Globalization;

namespace LieConv.Cli.Commands;

/// <summary>Options that several commands share, with one spelling everywhere.</summary>
internal static class CommonOptions
{
    public static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };

    /// <summary>A number in invariant culture, null where it is not given.</summary>
    public static Option<T?> Number<T>(string name, string description, string helpName, string expected)
        where T : struct, ISpanParsable<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out var value)) return value;
                result.AddError($"{name} is '{text}'; expected {expected}.");
                return null;
            },
        };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    public static Option<string?> Group() => Text(
        "--group", "The symmetry, such as T2, SO2, SE2:0.05; lieconv groups lists them.", "GROUP");

    public static Option<string?> Preset(IEnumerable<string> names, string usual) => Text(
        "--preset", $"Settings to start from: {string.Join(", ", names)} [default: {usual}].", "NAME");

    public static Option<string?> DataRoot() => Text(
        "--data-root", "Folder with the data [default: the usual data folder, else the built-in sample].", "DIR");

    public static Option<int?> Threads() => Number<int>(
        "--threads", "Threads of libtorch.", "N", "a whole number");

    public static Option<string?> Device() => Text("--device", "Where to compute: cpu, cuda or cuda:N.", "NAME");

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Any single setting, such as model.channels=64; may be repeated.",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };
}
