using LieConv.Tests.Support;
using LieConv.Training.Tasks.Points;
using SkiaSharp;

namespace LieConv.Tests.Training.Tasks.Points;

public sealed class DiscoveryPlotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Nothing is cut off at the picture's edge: there it is white, whatever groups are called.</summary>
    [Theory]
    [InlineData("Trivial2 Tx Ty T2 SO2 SE2 Rx RxSO2", "RxSO2")]
    [InlineData("Trivial3 SE3[2,3,4,5] my-own-group-of-matrices-with-a-name SE3[0,1,2,3] SO3[2] RxSO3 T3 SO3", "SO3")]
    [InlineData("a-first-group-of-a-long-name another-group-of-a-long-name", null)]
    public void Write_NamesOfGroups_StayInside(string groups, string? recommended)
    {
        var path = _folder.File("picture.png");
        DiscoveryPlot.Write(path, Report(groups.Split(' '), recommended));
        using var picture = SKBitmap.Decode(path);
        for (var y = 0; y < picture.Height; y++)
            foreach (var x in new[] { 0, picture.Width - 2, picture.Width - 1 })
                Assert.Equal(SKColors.White, picture.GetPixel(x, y));
        for (var x = 0; x < picture.Width; x++)
            Assert.Equal(SKColors.White, picture.GetPixel(x, picture.Height - 1));
    }

    public void Dispose() => _folder.Dispose();

    private static DiscoveryReport Report(string[] groups, string? recommended) => new()
    {
        Data = "sets", Measure = "wrong", SmallSets = 150, Sets = 600, Validated = 400, Steps = 100, ConstantError = 0.75,
        Outcome = recommended is null ? DiscoveryOutcome.NotToldApart : DiscoveryOutcome.Named, Rivals = [],
        Recommended = recommended, Recommendation = "",
        Rows =
        [
            .. groups.Select((group, i) => new DiscoveryRow
            {
                Group = group, Dimension = i, SmallError = 0.05 * i, Error = 0.04 * i,
                MovedError = i == 0 ? null : 0.3, AnswerChange = i == 0 ? null : 0.9,
            }),
        ],
    };
}
