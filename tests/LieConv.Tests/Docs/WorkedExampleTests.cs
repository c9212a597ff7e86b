using System.CommandLine.Parsing;
using System.Globalization;
using LieConv.Tests.Cli;
using LieConv.Tests.Support;

namespace LieConv.Tests.Docs;

/// <summary>The examples of docs/own-data.md, command by command as they stand there, at a smaller size.</summary>
[Collection("Serial")]
public sealed class WorkedExampleTests
{
    private static readonly (string Option, string Value)[] Smaller =
        [("--sets", "80"), ("--points", "12"), ("--channels", "8"), ("--layers", "1"), ("--epochs", "1")];

    private static FencedBlock[] Examples =>
    [
        .. FencedBlock.All("sh").Where(block => block.Place.StartsWith("own-data.md", StringComparison.Ordinal)
            && block.Lines[0].StartsWith("lieconv data make ", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Examples_AreThree() => Assert.Equal(3, Examples.Length);

    [Theory]
    [InlineData(0, "shapes2d"), InlineData(1, "charges3d"), InlineData(2, "molecules3d")]
    public void Example_EveryCommand_DoesWhatIsWritten(int number, string name)
    {
        using var folder = new TemporaryFolder();
        var commands = Examples[number].Lines
            .Select(line => Sized([.. CommandLineParser.SplitCommandLine(line).Skip(1)])).ToArray();
        Assert.Equal(["data", "train", "evaluate", "predict"], commands.Select(command => command[0]));
        Assert.Contains(name, commands[0]);
        foreach (var command in commands)
        {
            var isBroken = command.Contains("broken.csv");
            if (isBroken) Break(folder);
            var result = CliRunner.Run([.. command.Select((word, place) => Small(folder, command, word, place))]);
            Assert.True(result.ExitCode == (isBroken ? 2 : 0), result.Error);
            if (isBroken)
                Assert.Contains(
                    $"{folder.File("broken.csv")}, line 3, column 'x': is NaN; expected a finite number.\n", result.Error,
                    StringComparison.Ordinal);
            if (Array.IndexOf(command, "--out") is >= 0 and var at)
                Assert.True(Path.Exists(folder.File(command[at + 1])), command[at + 1]);
            if (command[0] == "evaluate") Assert.Contains("Change of the answers under", result.Output, StringComparison.Ordinal);
        }
    }

    /// <summary>Sizes that are not written are the usual ones, which take minutes: here they are given too.</summary>
    private static string[] Sized(string[] command)
    {
        string[] options = command[0] switch
        {
            "data" => ["--sets", "--points"],
            "train" => ["--channels", "--layers", "--epochs"],
            _ => [],
        };
        return [.. command, .. options.Except(command).SelectMany(option => new[] { option, "0" })];
    }

    /// <summary>Files lie in a folder of their own, and sizes are smaller.</summary>
    private static string Small(TemporaryFolder folder, string[] command, string word, int place)
    {
        var isOfOption = place > 0 ? command[place - 1] : "";
        if (Smaller.FirstOrDefault(own => own.Option == isOfOption) is { Value: { } value }) return value;
        return word.Contains('/', StringComparison.Ordinal) || Path.GetExtension(word) is ".csv" or ".json" or ".parquet"
            ? folder.File(word)
            : word;
    }

    /// <summary>Four new shapes, the first with a coordinate that is no number.</summary>
    private static void Break(TemporaryFolder folder)
    {
        var rows = File.ReadLines(folder.File("shapes.csv")).Skip(1).Select(line => line.Split(','))
            .Where(cells => int.Parse(cells[0], CultureInfo.InvariantCulture) <= 4).ToArray();
        rows[1][1] = "nan";
        File.WriteAllLines(folder.File("broken.csv"), ["set,x,y", .. rows.Select(cells => string.Join(',', cells[..3]))]);
    }
}
