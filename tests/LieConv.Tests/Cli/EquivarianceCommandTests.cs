using System.Text.Json;

namespace LieConv.Tests.Cli;

[Collection("Serial")]
[Trait("Category", "Equivariance")]
public sealed class EquivarianceCommandTests
{
    private static readonly string[] Tiny =
    [
        "--elements", "1", "--images", "1", "--threads", "1", "--set", "model.layers=1", "--set", "model.channels=4", "--json",
    ];

    [Theory]
    [InlineData("T2")]
    [InlineData("SO2")]
    [InlineData("RxSO2")]
    public void Equivariance_EverythingIsANeighbour_LeavesRoundingOnly(string group)
    {
        var errors = Measure("--group", group);
        Assert.InRange(errors["everything float32"], 0, 1e-5);
        Assert.InRange(errors["everything float64"], 0, 1e-12);
    }

    [Fact]
    public void Equivariance_UnderAnotherGroup_IsBroken() =>
        Assert.True(Measure("--group", "T2", "--by", "SO2")["everything float64"] > 1e-6, "a T2 network withstood rotations");

    [Fact]
    public void Equivariance_Text_WritesExponentsAsPeopleDo() => Assert.Matches(
        @"\nas configured   float64     \d\.\de-\d\d    \d\.\de-\d\d\n",
        CliRunner.Run(["equivariance", "--group", "SO2", "--by", "T2", .. Tiny[..^1]]).Output);

    private static Dictionary<string, double> Measure(params string[] args)
    {
        var result = CliRunner.Run(["equivariance", .. args, .. Tiny]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonDocument.Parse(result.Output).RootElement.EnumerateArray().ToDictionary(
            row => $"{row.GetProperty("neighborhood").GetString()} {row.GetProperty("precision").GetString()}",
            row => row.GetProperty("error").GetProperty("largest").GetDouble());
    }
}
