using System.Text.Json;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

[Collection("Serial")]
public sealed class PredictCommandTests : IDisposable
{
    private const string TwoJson =
        """[{"mass":[1,2],"stiffness":[1,1],"position":[[0,0],[1,0]],"momentum":[[0,0.5],[0,-0.5]]}]""";
    private const string TwoCsv = "particle,m,k,x,y,px,py\n1,1,1,0,0,0,0.5\n2,2,1,1,0,0,-0.5\n";

    private readonly TemporaryFolder _folder = new();
    private readonly string? _dataBefore = Environment.GetEnvironmentVariable("LIECONV_DATA");

    public PredictCommandTests()
    {
        Environment.SetEnvironmentVariable("LIECONV_DATA", _folder.File("data"));
        Assert.Equal(0, CliRunner.Run(DynamicsCommandTests.Tiny("HLieResNet", "--out", Run, "--epochs", "1")).ExitCode);
    }

    private string Run => _folder.File("run");

    [Fact]
    public void Predict_JsonAndCsv_GiveTheSameMotion()
    {
        var json = Predict("a.json", TwoJson, "--steps", "3");
        var csv = Predict("a.csv", TwoCsv, "--steps", "3");
        Assert.Equal((0, ""), (json.ExitCode, json.Error));
        Assert.Equal(json.Output, csv.Output);
        var lines = json.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(("time,particle,x,y,px,py", "0,1,0,0,0,0.5", "0,2,1,0,0,-0.5"), (lines[0], lines[1], lines[2]));
        Assert.Equal(1 + 2 * 4, lines.Length);
        Assert.StartsWith("0.03,2,", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_SeveralSystemsToJson_WritesThemAll()
    {
        var file = _folder.File("out.json");
        var table = "system,particle,m,k,x,y,px,py\n1,1,1,1,0,0,0,0\n1,2,1,1,1,0,0,0\n2,1,1,1,0,0,1,0\n";
        var result = Predict("a.csv", table, "--steps", "2", "--time-step", "0.5", "--solver", "leapfrog", "--out", file);
        Assert.Equal((0, "", $"Wrote {file}.\n"), (result.ExitCode, result.Output, result.Error));
        var motions = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        Assert.Equal(2, motions.GetArrayLength());
        Assert.Equal([0, 0.5, 1], motions[1].GetProperty("times").EnumerateArray().Select(time => time.GetDouble()));

        // Alone in its system, the last particle moves straight on.
        Assert.Equal(1, motions[1].GetProperty("positions")[2][0][0].GetDouble(), 6);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Predict_MotionRunsAway_IsSaidBesideTheNumbers()
    {
        var result = Predict("a.csv", TwoCsv, "--steps", "2", "--time-step", "1e300");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("The motion of system 1 is no longer finite from time 1E+300; try shorter steps.\n", result.Error);
        Assert.Contains("NaN", result.Output, StringComparison.Ordinal);
    }

    /// <summary>One system of two starts so fast that no solver follows: it is named, and the other is written.</summary>
    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("rk4"), InlineData("dopri5"), InlineData("leapfrog")]
    public void Predict_OneMotionRunsAway_WritesTheOther(string solver)
    {
        const string table = "system,particle,m,k,x,y,px,py\n1,1,1,1,0,0,1e200,0\n1,2,1,1,1,0,-1e200,0\n" +
            "2,1,1,1,0,0,0,0\n2,2,1,1,1,0,0,0\n";
        var result = Predict("a.csv", table, "--steps", "2", "--solver", solver);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("The motion of system 1 is no longer finite from time ", result.Error, StringComparison.Ordinal);
        var lines = result.Output.Split('\n');
        Assert.Equal("system,time,particle,x,y,px,py", lines[0]);
        Assert.Equal(14, lines.Length);
        Assert.Contains("2,0,2,1,0,0,0", lines);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Predict_DamagedConfiguration_IsNotTakenForAnotherTask()
    {
        var config = Path.Combine(Run, "config.json");
        File.WriteAllText(config, "{");
        var expected = (2, $"'{config}' cannot be read: it is damaged or incomplete JSON (line 1).\n");
        var predicted = Predict("a.csv", TwoCsv, "--steps", "2");
        Assert.Equal(expected, (predicted.ExitCode, predicted.Error));
        var resumed = CliRunner.Run("train", "springs", "--resume", Run);
        Assert.Equal(expected, (resumed.ExitCode, resumed.Error));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Predict_OutputOfAnotherKind_IsOneSentenceAndNoFile()
    {
        var file = _folder.File("motion.txt");
        var result = Predict("a.csv", TwoCsv, "--steps", "2", "--out", file);
        Assert.Equal(
            (2, $"The file to write, '{file}', ends in none of .csv, .json and .parquet.\n"), (result.ExitCode, result.Error));
        Assert.False(File.Exists(file));
    }

    /// <summary>Frames of one and of two particles are as good as any.</summary>
    [Fact]
    public void Predict_TwoParticlesByFrames_ArePredicted()
    {
        var run = _folder.File("framed");
        var trained = CliRunner.Run(DynamicsCommandTests.Tiny(
            "HLieResNet", "--out", run, "--epochs", "1", "--group", "SE2"));
        Assert.Equal(0, trained.ExitCode);
        const string table = "system,particle,m,k,x,y,px,py\n1,1,1,1,0,0,0,0\n2,1,1,1,0,0,1,0\n2,2,1,1,1,0,0,0\n";
        File.WriteAllText(_folder.File("a.csv"), table);
        var result = CliRunner.Run("predict", run, "--initial", _folder.File("a.csv"), "--steps", "1");
        Assert.Equal((0, 7), (result.ExitCode, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("a.csv", "\u0001\uFFFD0123456789012345678901234567890123456789012345678901234567890123456789", "line 1: the header is '??0123456789012345678901234567890123456789012345678901234567...'; expected particle,m,k,x,y,px,py.")]
    [InlineData("a.csv", "", "is empty; expected a header.")]
    [InlineData("a.csv", "particle,m,x,y,px,py\n", "line 1: the header is 'particle,m,x,y,px,py'; expected particle,m,k,x,y,px,py.")]
    [InlineData("a.csv", "particle,m,k,x,y,px,py\n", "line 2: there is no particle; expected a line for each particle.")]
    [InlineData("a.csv", "particle,m,k,x,y,px,py\n1,1,1,0,0,0\n", "line 2: there are 6 values; expected 7.")]
    [InlineData("a.csv", "particle,m,k,x,y,px,py\n1,1,1,0,0,0,one\n", "line 2: py is 'one'; expected a number.")]
    [InlineData("a.csv", "particle,m,k,x,y,px,py\n1,0,1,0,0,0,1\n", "line 2: m is 0; expected a positive mass.")]
    [InlineData("a.csv", "particle,m,k,x,y,px,py\n2,1,1,0,0,0,1\n", "line 2: particle is '2'; expected 1, the next one.")]
    [InlineData("a.json", "", "cannot be read: it is empty.")]
    [InlineData("a.json", "{", "cannot be read: it is damaged or incomplete JSON (line 1).")]
    [InlineData("a.json", "[]", "it is empty; expected at least one system.")]
    [InlineData("a.json", "3", "the content is no object; expected {\"mass\": [...], \"position\": [[...]], ...}.")]
    [InlineData("a.json", "{\"mass\":[1]}", "'stiffness' is missing; expected an array with an entry for each particle.")]
    [InlineData("a.json", "{\"mass\":[1],\"spin\":[1]}", "'spin' is unknown; expected mass, stiffness, position, momentum.")]
    [InlineData("a.json", "{\"mass\":[1,2],\"stiffness\":[1]}", "stiffness has 1 numbers; expected 2.")]
    [InlineData("a.json", "{\"mass\":[1],\"stiffness\":[1],\"position\":[[1]],\"momentum\":[[0,0]]}", "point 1 of position has 1 numbers; expected 2.")]
    [InlineData("a.json", "{\"mass\":[\"a\"],\"stiffness\":[1]}", "mass holds \"a\"; expected finite numbers.")]
    [InlineData("a.txt", "", "ends in neither .json nor .csv.")]
    public void Predict_BadFile_IsOneSentence(string name, string content, string expected)
    {
        var result = Predict(name, content, "--steps", "1");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"'{_folder.File(name)}'", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(expected + "\n", result.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("LIECONV_DATA", _dataBefore);
        _folder.Dispose();
    }

    private CliRunner Predict(string name, string content, params string[] more)
    {
        File.WriteAllText(_folder.File(name), content);
        return CliRunner.Run(["predict", Run, "--initial", _folder.File(name), .. more]);
    }
}
