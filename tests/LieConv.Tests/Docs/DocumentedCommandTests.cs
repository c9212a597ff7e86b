using System.CommandLine.Parsing;
using LieConv.Cli;

namespace LieConv.Tests.Docs;

/// <summary>The commands in the documents are ones that the tool understands.</summary>
public sealed class DocumentedCommandTests
{
    private static readonly string[] Names = ["lieconv", "./lieconv"];

    [Fact]
    public void Commands_OfTheDocuments_AreUnderstood()
    {
        var commands = FencedBlock.All("sh", "bash", "console", "shell").SelectMany(Commands).ToArray();
        Assert.NotEmpty(commands);
        Assert.Empty(commands.SelectMany(command => Errors(command.Arguments).Select(error => $"{command.Place}: {error}")));
    }

    [Theory]
    [InlineData("./lieconv train nothing")]
    [InlineData("lieconv train rotmnist --grup SE2")]
    [InlineData("lieconv train rotmnist --epochs many")]
    public void Errors_WrongCommand_AreSeen(string line) =>
        Assert.NotEmpty(Errors(Assert.Single(Commands(new FencedBlock("a:1", "sh", [line]))).Arguments));

    [Fact]
    public void Commands_ContinuedAndCommented_AreOneCommand() =>
        Assert.Equal(
            ["train", "rotmnist", "--group", "SE2:0.05"],
            Assert.Single(Commands(new FencedBlock("a:1", "sh", ["# first", "$ lieconv train rotmnist \\", "    --group SE2:0.05   # rigid motions"]))).Arguments);

    private static IEnumerable<string> Errors(string[] arguments) =>
        CommandLine.CreateRoot().Parse(arguments).Errors.Select(error => error.Message);

    private static IEnumerable<(string Place, string[] Arguments)> Commands(FencedBlock block) =>
        from line in string.Join('\n', block.Lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        let words = CommandLineParser.SplitCommandLine(line.Split(" #")[0].TrimStart('$', ' ')).ToArray()
        where words.Length > 0 && Names.Contains(words[0])
        select (block.Place, words[1..]);
}
