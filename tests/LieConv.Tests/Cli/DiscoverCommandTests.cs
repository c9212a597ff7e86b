using System.Text.Json;
using LieConv.Datasets.Made;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

[Collection("Serial")]
public sealed class DiscoverCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_FewSets_PrintsTheTableAndDrawsIt()
    {
        var result = Run("--groups", "SO2,T2");
        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.Split('\n');
        Assert.StartsWith("Wrong classes on 32 validation sets after ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("group ", lines[1], StringComparison.Ordinal);
        Assert.Matches("12 sets +48 sets +above the best +costs +moved: change +moved: error", lines[1]);
        Assert.Equal(["Trivial2", "SO2", "T2"], lines[2..5].Select(line => line.Split(' ')[0]));
        // Six steps say nothing, and that is said.
        Assert.StartsWith("Cannot tell: ", lines[^2], StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder.File("picture.png"))[..4]);
    }

    [Fact]
    public void Run_Twice_GivesTheSameJson()
    {
        var (first, second) = (Run("--groups", "SO2", "--json"), Run("--groups", "SO2", "--json"));
        Assert.Equal(0, first.ExitCode);
        Assert.Equal(first.Output, second.Output);
        using var json = JsonDocument.Parse(first.Output);
        var rows = json.RootElement.GetProperty("rows");
        Assert.Equal(2, rows.GetArrayLength());
        Assert.Equal(12, json.RootElement.GetProperty("smallSets").GetInt32());
        Assert.InRange(rows[1].GetProperty("error").GetDouble(), 0, 1);
        Assert.InRange(rows[1].GetProperty("movedError").GetDouble(), 0, 1);
        Assert.Equal("Unknown", rows[1].GetProperty("moves").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("recommended").ValueKind);
    }

    /// <summary>Labels that rotations about the origin leave alone by construction, and translations do not.</summary>
    [Fact]
    public void Run_LabelsInvariantToRotations_NamesThem()
    {
        var data = _folder.File("turns.csv");
        MadeDataFile.Write(data, MadeData.Find("invariant-so2"), 400, 12, 1);
        var result = CliRunner.Run(
            "discover", "--data", data, "--out", _folder.File("turns.png"), "--groups", "SO2,T2", "--epochs", "8", "--json",
            "--set", "model.channels=16", "--set", "model.layers=1");
        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.True(json.RootElement.GetProperty("recommended").GetString() == "SO2", result.Output);
        var rows = json.RootElement.GetProperty("rows");
        Assert.Equal("Free", rows[1].GetProperty("verdict").GetString());
        Assert.Equal("Costs", rows[2].GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("--groups SE3", "SE3 acts on 3-dimensional points, but these have 2; expected one of ")]
    [InlineData("--groups Trivial2", "--groups names no group but Trivial2; expected others to compare it with.")]
    [InlineData("--budget 5", "--budget and --epochs are both given; expected one of them.")]
    [InlineData("--target none", "has no column to learn; name one by --target")]
    [InlineData("--split 0.05,0.9,0.05", "expected at least 8 and 2 to compare groups by.")]
    public void Run_BadOption_SaysItInOneSentence(string more, string expected)
    {
        var result = Run(more.Split(' '));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("picture.png")));
    }

    [Theory]
    [InlineData("discover", "data.path is empty; expected a table, a file of sets or a folder (--data PATH).")]
    [InlineData("discover --data x.csv --out x.jpg", "--out is 'x.jpg'; expected a name that ends in .png.")]
    [InlineData("discover --data x.csv --budget 0", "--budget is '0'; expected a number above 0 and at most 1000000.")]
    public void Run_BadLine_SaysItInOneSentence(string line, string expected)
    {
        var result = CliRunner.Run(line.Split(' '));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private CliRunner Run(params string[] more)
    {
        var data = _folder.File("sets.csv");
        if (!File.Exists(data)) MadeDataFile.Write(data, MadeData.Find("invariant-so2"), 80, 12, 0);
        return CliRunner.Run(
            ["discover", "--data", data, "--out", _folder.File("picture.png"), "--epochs", "2",
                "--set", "model.channels=8", "--set", "model.layers=1", .. more]);
    }
}
