using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Groups.Laws;
using LieConv.Lifting;
using LieConv.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>What a group says of its motions, so that networks see sets from frames of their own, and of its domain.
/// </summary>
public sealed class MotionsTests
{
    private const string Law = "declared motions are those of the action";

    [Theory]
    [InlineData("T3", "", "0,1,2", false, true), InlineData("T3[0,2]", "", "0,2", false, false)]
    [InlineData("Trivial2", "", "", false, false), InlineData("SO2", "0,1", "", false, false)]
    [InlineData("RxSO2", "0,1", "", true, false), InlineData("Rx", "", "", true, false)]
    [InlineData("RxSO2[1]", "0,1", "", false, false), InlineData("SE2", "0,1", "0,1", false, true)]
    [InlineData("SE2[1]", "", "0", false, false), InlineData("SE3", "0,1,2", "0,1,2", false, true)]
    [InlineData("SE3[1]", "2,0", "", false, false), InlineData("SE3[2,5]", "0,1", "2", false, false)]
    [InlineData("SE3[0,3,4,5]", "1,2", "0,1,2", false, true), InlineData("SE3[0,1,2]", "0,1,2", "", false, false)]
    public void Motions_OfTheLibrary_AreThese(
        string name, string turned, string translated, bool isScaled, bool holdsTranslations)
    {
        var group = LieGroups.Parse(name);
        Assert.Equal(turned, string.Join(",", group.Motions!.Turned));
        Assert.Equal(translated, string.Join(",", group.Motions.Translated));
        Assert.Equal((isScaled, holdsTranslations), (group.Motions.Scaled, group.HoldsTranslations));
    }

    [Fact]
    public void Motions_OfSqueezes_AreNotKnown() => Assert.Null(LieGroups.Parse("RxSQ[0]").Motions);

    [Fact]
    public void WeightedFrames_OfOnesOwnMatrixGroup_MakeANetworkThatFollowsIt()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var group = Motions2();
        Assert.True(GroupLaws.Check(group).Single(result => result.Law == Law).Passed);
        using var network = new LieResNet(
            group, new LieResNetOptions
            {
                Inputs = 2, Outputs = 3, Channels = [8], Layers = 1, Block = new() { Frames = FrameChoice.Weighted },
            });
        network.eval();
        network.to(ScalarType.Float64);
        var points = new PointSet(
            randn([2, 9, 2], dtype: ScalarType.Float64), randn([2, 9, 2], dtype: ScalarType.Float64), null);
        var error = EquivarianceReport.Measure(
            group, (set, draws) => network.call(set, draws), points, new EquivarianceOptions());
        Assert.InRange(error.Largest, 0, 1e-9);
        Assert.True(group.HoldsTranslations);
    }

    [Fact]
    public void Check_MotionsOfAnotherGroup_FailsTheLaw()
    {
        var results = GroupLaws.Check(Motions2(new CoordinateMotions([0, 1], [0], Scaled: true)));
        Assert.Contains(results, r => r.Law == Law && !r.Passed);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(new[] { 0 }, new int[0], "turn the coordinates [0]")]
    [InlineData(new[] { 0, 2 }, new int[0], "turn the coordinates [0, 2]")]
    [InlineData(new int[0], new[] { 1, 1 }, "translate along [1, 1]")]
    public void MatrixGroup_MotionsOfOtherCoordinates_AreRefused(int[] turned, int[] translated, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => Motions2(new CoordinateMotions(turned, translated)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("from 0 to 1", error.Message, StringComparison.Ordinal);
    }

    /// <summary>SE(2) from its generators alone.</summary>
    private static MatrixGroup Motions2(CoordinateMotions? motions = null) => new(new MatrixGroupOptions
    {
        Name = "Own",
        PointDim = 2,
        Generators = new double[,,]
        {
            { { 0, -1, 0 }, { 1, 0, 0 }, { 0, 0, 0 } },
            { { 0, 0, 1 }, { 0, 0, 0 }, { 0, 0, 0 } },
            { { 0, 0, 0 }, { 0, 0, 1 }, { 0, 0, 0 } },
        },
        Origin = _ => tensor([0.0, 0.0]),
        Motions = motions ?? new CoordinateMotions([0, 1], [0, 1]),
    });
}
