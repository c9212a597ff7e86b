using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using LieConv.Cli;
using LieConv.Datasets.Digits;
using LieConv.Groups;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Tests.Docs;

/// <summary>Tells by reflection whether what a document names exists: types and members, options, settings,
/// commands.</summary>
internal static class Equivalents
{
    private const BindingFlags Members =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private static readonly Command Root = CommandLine.CreateRoot();

    private static readonly RunConfig[] Configurations = [new RotMnistConfig(), new MoleculeConfig(), new DynamicsConfig()];

    private static readonly ILookup<string, Type> Types =
        new[] { typeof(LieGroup), typeof(ImageDataset), typeof(TrainOptions) }
            .SelectMany(type => type.Assembly.GetExportedTypes()).Append(typeof(int))
            .ToLookup(type => type == typeof(int) ? "int" : type.Name);

    /// <summary>What is wrong with a name; null where it exists.</summary>
    public static string? Complaint(string name) =>
        name.StartsWith("--set ", StringComparison.Ordinal) ? Setting(name["--set ".Length..])
        : name.StartsWith("--", StringComparison.Ordinal) ? Given(OptionNames(Root).Contains(name.Split(' ')[0]), name, "option")
        : name.StartsWith("lieconv ", StringComparison.Ordinal) ? Command(name.Split(' ')[1..])
        : Member(name);

    /// <summary>The default of an options record's property; null where the name is no such thing.</summary>
    public static object? Default(string name) =>
        name.Split('.') is [var type, var property] && Types[type].SingleOrDefault() is { } known
        && known.GetConstructor([]) is not null
            ? known.GetProperty(property)?.GetValue(Activator.CreateInstance(known))
            : null;

    private static string? Member(string name)
    {
        var parts = name.TrimEnd(')').Split('(', '.');
        var candidates = Types[parts[0]].ToArray();
        if (candidates.Length == 0) return $"there is no public type {parts[0]}";
        if (parts.Length == 1) return null;
        var found = name.EndsWith(')')
            ? candidates.Any(type => type.GetConstructors().Any(made => made.GetParameters().Any(p => p.Name == parts[1])))
            : candidates.Any(type => type.GetMember(parts[1], Members).Length > 0);
        return Given(found, parts[1], $"member or parameter of {parts[0]}");
    }

    private static string? Setting(string assignment)
    {
        if (assignment.Contains('=', StringComparison.Ordinal))
            return Given(Configurations.Any(config => Accepts(config, assignment)), assignment, "setting");
        return Given(Configurations.Any(config => Has(config, assignment)), assignment, "setting");
    }

    private static bool Accepts(RunConfig config, string assignment)
    {
        try
        {
            _ = config switch
            {
                RotMnistConfig images => ConfigEditor.Apply(images, [assignment]),
                MoleculeConfig molecules => ConfigEditor.Apply(molecules, [assignment]),
                DynamicsConfig motion => (RunConfig)ConfigEditor.Apply(motion, [assignment]),
                _ => throw new ArgumentException("No such configuration."),
            };
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool Has(RunConfig config, string path)
    {
        JsonNode? node = JsonSerializer.SerializeToNode(config, config.GetType(), JsonFormat.Indented);
        var steps = path.Split('.');
        for (var i = 0; i < steps.Length; i++)
        {
            if (node is not JsonObject members || !members.ContainsKey(steps[i])) return false;
            node = members[steps[i]];
        }
        return true;
    }

    private static string? Command(string[] words)
    {
        var command = Root;
        foreach (var word in words)
        {
            if (command.Subcommands.FirstOrDefault(sub => sub.Name == word) is { } next) command = next;
            else if (command.Arguments.Count == 0) return $"there is no command {string.Join(' ', words)}";
        }
        return null;
    }

    private static IEnumerable<string> OptionNames(Command command) =>
        command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(OptionNames));

    private static string? Given(bool found, string name, string kind) => found ? null : $"there is no {kind} {name}";
}
