using System.CommandLine;
using System.Text.Json;
using LieConv.Cli.Basics;
using LieConv.Groups;
using LieConv.Training.Json;
using Spectre.Console;

namespace LieConv.Cli.Commands;

/// <summary>lieconv groups.</summary>
internal static class GroupsCommand
{
    private const int Width = 110;

    public static Command Create()
    {
        var dimensions = CommonOptions.Count("--dim", "Only those that act on points of so many dimensions.", 6);
        var json = CommonOptions.Json();
        var command = new Command("groups", "List the groups.") { dimensions, json };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var listed = result.GetValue(dimensions) is { } space ? LieGroups.On(space) : LieGroups.Known;
            var rows = listed.Select(known => Row(known, LieGroups.Parse(known.Name))).ToArray();
            if (result.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(rows, JsonFormat.Indented));
            else WriteTable(output, rows);
            return ExitCode.Done;
        });
        return command;
    }

    private static GroupRow Row(KnownGroup known, LieGroup group) => new(
        known.Name, known.Description, group.PointDim, group.AlgebraDim, group.OrbitDim, group.HasStabilizer);

    private static void WriteTable(TextWriter output, IEnumerable<GroupRow> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("group", "acts by", "on R^", "algebra", "orbit", "several lifts");
        foreach (var row in rows)
            table.AddRow(
                new Text(row.Name), new Text(row.Description), new Text($"{row.PointDim}"),
                new Text($"{row.AlgebraDim}"), new Text($"{row.OrbitDim}"), new Text(row.HasStabilizer ? "yes" : ""));
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = Width;
        console.Write(table);
        foreach (var line in text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
            output.WriteLine(line);
        output.WriteLine("Add the weight of the group part in distances after a colon: SE2:0.05. Subgroups: SE3[2,5].");
        output.WriteLine("The spelling of the original's Python is understood, too: SE2(.05), T(3).");
    }

    private sealed record GroupRow(
        string Name, string Description, int PointDim, int AlgebraDim, int OrbitDim, bool HasStabilizer);
}
