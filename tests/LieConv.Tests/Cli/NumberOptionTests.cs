using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using LieConv.Cli;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Tests.Cli;

/// <summary>Every option and every key that takes a number refuses a comma, which .NET reads as a thousands
/// separator: 0,003 as 3.</summary>
[Trait("Category", "Faults")]
public sealed class NumberOptionTests
{
    private static readonly string[] Wrong =
        ["0,003", "0,5", "1,5", "1,000", "2,0", "NaN", "Infinity", "1e400", "1 0", "", "x", "0x1"];

    [Fact]
    public void Options_WithANumber_RefuseAnythingElse()
    {
        var options = Commands(CommandLine.CreateRoot()).SelectMany(command => command.Options.Select(option => (command, option)))
            .Where(pair => IsNumber(pair.option.ValueType)).ToArray();
        Assert.True(options.Length > 40, $"only {options.Length} options were found");
        foreach (var (command, option) in options)
            foreach (var text in Wrong)
            {
                var errors = command.Parse([option.Name, text]).Errors.Select(error => error.Message).ToArray();
                Assert.Contains(errors, error => error.StartsWith($"{option.Name} is '{text}'; expected ", StringComparison.Ordinal));
            }
    }

    [Fact]
    public void Keys_WithANumber_RefuseAnythingElse()
    {
        var count = Refusing(new RotMnistConfig()) + Refusing(new DynamicsConfig()) + Refusing(new MoleculeConfig());
        Assert.True(count > 60, $"only {count} keys were found");
    }

    private static int Refusing<T>(T config) where T : RunConfig
    {
        var root = JsonSerializer.SerializeToNode(config, JsonFormat.Indented)!.AsObject();
        var keys = Leaves(root, "").ToArray();
        foreach (var key in keys)
            foreach (var text in Wrong)
                Assert.StartsWith(
                    $"{key} cannot be '{text}'; expected a number like ",
                    Assert.Throws<ArgumentException>(() => ConfigEditor.Apply(config, [$"{key}={text}"])).Message, StringComparison.Ordinal);
        return keys.Length;
    }

    private static IEnumerable<string> Leaves(JsonObject node, string prefix) => node.SelectMany(member => member.Value switch
    {
        JsonObject child => Leaves(child, $"{prefix}{member.Key}."),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => [prefix + member.Key],
        _ => Enumerable.Empty<string>(),
    });

    private static IEnumerable<Command> Commands(Command command) =>
        command.Subcommands.SelectMany(Commands).Prepend(command);

    private static bool IsNumber(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var inner && (inner == typeof(int) || inner == typeof(long) || inner == typeof(double));
}
