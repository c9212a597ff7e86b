using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>What does not go together with weighted frames is refused in one sentence.</summary>
[Trait("Category", "Faults")]
public sealed class WeightedFaultTests
{
    private static readonly LieResNetOptions Options = new()
    {
        Inputs = 1, Outputs = 1, Layers = 1, Channels = [8], FillFractions = [1],
        Block = new() { Frames = FrameChoice.Weighted },
    };

    [Fact]
    public void Validate_SubsamplesWithoutPooling_IsRefused() => Assert.Equal(
        ["Pool is false and DownsampleFraction 0.5; expected 1 with frames, since views of one set may keep " +
            "different points."],
        (Options with { Pool = false, DownsampleFraction = 0.5 }).Validate());

    /// <summary>Groups that turn nothing, and a group that is not known.</summary>
    [Theory]
    [InlineData("T2"), InlineData("Tx"), InlineData("SE3[3,4]"), InlineData("Trivial3"), InlineData("RxSQ")]
    [InlineData("Rx")]
    public void LieResNet_OfAGroupWithoutRotations_IsRefused(string name)
    {
        var group = LieGroups.Parse(name);
        var error = Assert.Throws<ArgumentException>(() => new LieResNet(group, Options));
        Assert.Equal(
            $"Frames is Weighted, but {group} is not known to turn points; expected Sampled, or a group with " +
            "rotations such as SE2, SO2, SE3 or SO3.",
            error.Message);
    }

    [Theory]
    [InlineData("SE2"), InlineData("SE3"), InlineData("SO3"), InlineData("SE3[2,3,4]")]
    public void LieHamiltonian_WithoutFramesOfAGroupThatDraws_IsRefused(string name)
    {
        var group = LieGroups.Parse(name);
        var options = new LieDynamicsOptions
        {
            Channels = 8, Layers = 1, Block = LieDynamicsOptions.UsualBlock with { Frames = FrameChoice.Sampled },
        };
        foreach (var make in new Func<object>[]
            { () => new LieHamiltonian(group, options), () => new LieDynamics(group, options) })
        {
            var error = Assert.Throws<ArgumentException>(make);
            Assert.Equal(
                $"Frames is Sampled, but {group} lifts a particle in many ways, of which one would have to be drawn; " +
                "expected Framed.",
                error.Message);
        }
    }

    [Theory]
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
