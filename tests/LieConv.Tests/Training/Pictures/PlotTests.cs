using System.Buffers.Binary;
using LieConv.Tests.Support;
using LieConv.Tests.Training.Tasks.Dynamics;
using LieConv.Training.Studies;
using LieConv.Training.Tasks.Dynamics;
using SkiaSharp;

namespace LieConv.Tests.Training.Pictures;

public sealed class PlotTests
{
    private static readonly byte[] Signature = [0x89, .. "PNG\r\n"u8, 0x1a, (byte)'\n'];

    [Theory]
    [InlineData(2, 1, 440, 440)]
    [InlineData(2, 3, 880, 880)]
    [InlineData(2, 6, 880, 880)]
    [InlineData(3, 1, 880, 440)]
    [InlineData(3, 4, 1760, 880)]
    public void Trajectories_Systems_FillAGrid(int dimensions, int systems, int width, int panels) =>
        AssertPicture(path => TrajectoryPlot.Write(path, SampleRollout.Create(dimensions, systems: systems)), width, panels);

    [Fact]
    public void Trajectories_PredictionBlewUp_IsDrawnAsFarAsItGoes()
    {
        var report = SampleRollout.Create();
        var lost = report.Trajectories[0].Predicted.Select((frame, i) =>
            i < 50 ? frame : i < 60 ? [[1e30, 0], [0, -1e30]] : [[double.NaN, 0], [0, double.PositiveInfinity]]).ToArray();
        AssertPicture(path => TrajectoryPlot.Write(
            path, report with { Trajectories = [report.Trajectories[0] with { Predicted = lost }] }), 440, 440);
    }

    [Fact]
    public void Trajectories_NothingMoves_IsDrawn()
    {
        var report = SampleRollout.Create();
        var still = Enumerable.Repeat(new[] { new[] { 1.0, 2.0 } }, report.Times.Length).ToArray();
        var trajectory = new RolloutTrajectory { Masses = [1], True = still, Predicted = still };
        AssertPicture(path => TrajectoryPlot.Write(path, report with { Trajectories = [trajectory] }), 440, 440);
    }

    [Fact]
    public void Trajectories_None_IsAnArgumentException() => Assert.StartsWith("The rollout has no trajectories to draw.",
        Assert.Throws<ArgumentException>(() => TrajectoryPlot.Write("none.png", SampleRollout.Create(systems: 0))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Rollouts_Networks_ShareAPicture() => AssertPicture(path =>
        RolloutPlot.Write(path, SampleRollout.Create(), SampleRollout.Create(network: "FC")), 960, 460);

    [Fact]
    public void Rollouts_NotFinite_LeaveGaps()
    {
        var report = SampleRollout.Create();
        double[] lost = [.. report.Times.Select((_, i) => i < 30 ? 1e-3 * i : double.NaN)];
        double[] nothing = [.. report.Times.Select(_ => double.NaN)];
        AssertPicture(path => RolloutPlot.Write(
            path, report with { ErrorMedian = lost, ErrorLow = lost, ErrorHigh = lost },
            report with { ErrorMedian = nothing, ErrorLow = nothing, ErrorHigh = nothing }), 960, 460);
    }

    [Fact]
    public void Rollouts_None_IsAnArgumentException() =>
        Assert.Throws<ArgumentException>(() => RolloutPlot.Write("none.png", []));

    [Fact]
    public void Conservation_Unmeasured_HasNoPanel()
    {
        AssertPicture(path => ConservationPlot.Write(path, SampleRollout.Create()), 960, 380);
        var energy = SampleRollout.Create() with { LinearMomentumDriftPredicted = [], LinearMomentumDriftTrue = [] };
        AssertPicture(path => ConservationPlot.Write(path, energy), 960, 380);
        var all = SampleRollout.Create() with { AngularMomentumDriftPredicted = energy.ErrorLow };
        AssertPicture(path => ConservationPlot.Write(path, all), 1440, 380);
    }

    [Fact]
    public void Study_RowsWithFailures_IsDrawn() => AssertPicture(path => StudyPlot.Write(path,
        [new("A", 10, 0, 1e-2), new("A", 10, 1, 3e-2), new("A", 100, 0, double.NaN), new("B", 100, 0, 0)], "A study"), 960, 520);

    [Fact]
    public void Study_Impossible_IsAnArgumentException()
    {
        Assert.Throws<ArgumentException>(() => StudyPlot.Write("none.png", [], ""));
        Assert.StartsWith("A training of A has size 0 and test error 1; expected",
            Assert.Throws<ArgumentException>(() => StudyPoint.Collect([new("A", 0, 0, 1)])).Message, StringComparison.Ordinal);
    }

    /// <summary>The heading and the legend stand above the panels; each area must have ink.</summary>
    private static void AssertPicture(Action<string> write, int width, int panels)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("plot.png");
        write(path);
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(Signature, bytes[..8]);
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)));
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)) - panels, 70, 130);
        using var picture = SKBitmap.Decode(bytes);
        Assert.True(HasInk(picture, 0, 40), "no heading");
        Assert.True(HasInk(picture, 40, 70), "no legend");
        Assert.True(HasInk(picture, picture.Height - panels, picture.Height), "no plot");
    }

    private static bool HasInk(SKBitmap picture, int top, int bottom) =>
        Enumerable.Range(top, bottom - top).Any(y =>
            Enumerable.Range(0, picture.Width).Any(x => picture.GetPixel(x, y) is { Red: < 100 } or { Green: < 100 }));
}
