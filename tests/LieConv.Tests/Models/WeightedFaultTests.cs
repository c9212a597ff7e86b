using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>What does not go together with weighted frames is refused in one sentence.</summary>
[Trait("Category", "Faults")]
public sealed class WeightedFaultTests
{
    private static readonly LieResNetOptions Options = new()
    {
        Inputs = 1, Outputs = 1, Layers = 1, Channels = [8], FillFractions = [1], WeightedFrames = true,
    };

    [Fact]
    public void Validate_FramedLiftToo_IsRefused() => Assert.Equal(
        ["WeightedFrames and FramedLift are both true; expected at most one of them."],
        (Options with { FramedLift = true }).Validate());

    [Fact]
    public void Validate_WithoutPooling_IsRefused() => Assert.Equal(
        ["WeightedFrames is true and Pool false; expected Pool to be true, too."],
        (Options with { Pool = false }).Validate());

    /// <summary>Subgroups keep one frame, those of all coordinates too.</summary>
    [Theory]
    [InlineData("T2"), InlineData("SO2"), InlineData("SO3"), InlineData("SE2[0,1,2]"), InlineData("SE3[2,3,4,5]")]
    [InlineData("Trivial3"), InlineData("RxSO2")]
    public void LieResNet_OfAnotherGroup_IsRefused(string name)
    {
        var group = LieGroups.Parse(name);
        var error = Assert.Throws<ArgumentException>(() => new LieResNet(group, Options));
        Assert.Equal(
            $"WeightedFrames is true, but {group} is not all rotations and translations; expected false, SE2 or SE3.",
            error.Message);
    }

    [Theory]
    [InlineData("SE2", true, true), InlineData("SE3", true, true), InlineData("SE2", false, false)]
    [InlineData("SE2[0,1,2]", true, false), InlineData("SE3[2,3,4,5]", true, false), InlineData("SO3", true, false)]
    [InlineData("T2", true, false)]
    public void Potential_OfAGroup_HasWeightedFramesOrOne(string name, bool shared, bool weighted)
    {
        var group = LieGroups.Parse(name);
        var options = new LieDynamicsOptions { SharedLift = shared }.Potential(group);
        Assert.Equal((weighted, !weighted), (options.WeightedFrames, options.FramedLift));
        Assert.Empty(options.Validate());
    }

    [Theory]
    [InlineData(1, 4, 2, 4, "Values has 2 items and Coordinates 1 geometries; expected as many for weighted frames.")]
    [InlineData(2, 4, 2, 5, "Values has shape (2, 5, 1); expected (b, n, c) = (any, 4, any).")]
    [InlineData(2, 4, 3, 4, "Values has 3 items and Coordinates 2 geometries; expected as many, or 1 geometry for all.")]
    [InlineData(2, 0, 2, 0, "The point sets are empty: Coordinates has shape (g, 0, D); expected n >= 1.")]
    [InlineData(2, 4, 2, 4, "Coordinates has shape (2, 4, 3); expected (g, n, D) = (any, any, 2).", 3)]
    [InlineData(2, 4, 2, 4, "Mask has shape (2, 3); expected (g, n) = (2, 4).", 2, 3)]
    public void Forward_ShapesThatDoNotFit_AreRefused(
        int geometries, int n, int items, int valued, string said, int dimension = 2, int masked = 0)
    {
        using var scope = NewDisposeScope();
        using var network = new LieResNet(new SE2(), Options);
        var mask = masked == 0 ? null : ones([2, masked], dtype: ScalarType.Bool);
        var points = new PointSet(ones([geometries, n, dimension]), ones([items, valued, 1]), mask);
        var error = Assert.Throws<ArgumentException>(() => network.call(points, NoDraws.Instance));
        Assert.StartsWith(said, error.Message, StringComparison.Ordinal);
    }
}
