using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Support;
using LieConv.Training.Tasks.Molecules;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Lifting;

/// <summary>Training on one drawn frame a set: by draws that are spread evenly over the circle, each frame comes up in
/// the share of its weight, and the mean of what is said is what evaluation says of all frames.</summary>
[Trait("Category", "Equivariance")]
[NoTensorLeaks]
public sealed class DrawnFramesTests
{
    private const int Copies = 4000, Points = 6;

    [Theory]
    [InlineData("SE2"), InlineData("SE3"), InlineData("SO3")]
    public void Drawn_ManyCopiesOfASet_ShowEachViewInTheShareOfItsWeight(string name)
    {
        using var scope = NewDisposeScope();
        var (group, set) = (LieGroups.Parse(name), Set(name));
        var symmetry = FrameSymmetry.Find(group)!;
        var all = FrameViews.Create(set, symmetry, NoDraws.Instance);
        Assert.True(all.Weights.shape[0] > 1);
        var drawn = FrameViews.Create(Repeated(set), symmetry, NoDraws.Instance).Drawn(new Spread());
        Assert.Equal(Copies, drawn.Weights.shape[0]);
        Assert.Equal(Copies, drawn.Weights.sum().item<double>());
        Assert.Equal(Enumerable.Range(0, Copies).Select(i => (long)i), drawn.Owners.data<long>().ToArray());
        for (var view = 0; view < all.Weights.shape[0]; view++)
        {
            var same = (drawn.Points.Coordinates - all.Points.Coordinates[view]).abs().amax([1L, 2L]) < 1e-9;
            var share = same.to(ScalarType.Float64).mean().item<double>();
            Assert.Equal(all.Weights[view].item<double>(), share, 2.0 / Copies);
        }
    }

    [Theory]
    [InlineData("SE2", false), InlineData("SE3", false), InlineData("SE2", true)]
    public void LieResNet_InTraining_SaysOnAverageWhatItSaysInEvaluation(string name, bool padded)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, drawn: true);
        var set = padded ? Padded(Set(name)) : Set(name);
        network.eval();
        var expected = network.call(set, NoDraws.Instance);
        network.train();
        var said = network.call(Repeated(set), new Spread());
        var spread = (said.amax(0) - said.amin(0)).max().item<double>();
        Assert.True(spread > 1e-6, $"single views say what all say: {spread}");               // the control
        Assert.True((said.mean([0L]) - expected[0]).abs().max().item<double>() < 4 * spread / Copies);
    }

    [Fact]
    public void LieResNet_WithoutDrawnFrames_SaysTheSameInTrainingAndDrawsNothing()
    {
        using var scope = NewDisposeScope();
        using var network = Network("SE2", drawn: false);
        network.eval();
        var expected = network.call(Set("SE2"), NoDraws.Instance);
        network.train();
        Assert.Equal(0, (network.call(Set("SE2"), NoDraws.Instance) - expected).abs().max().item<double>());
    }

    [Fact]
    public void Validate_DrawnFramesWithoutFrames_IsRefused() => Assert.Equal(
        ["DrawnFrames is true, but Frames is Sampled; expected Weighted frames to draw from."],
        new BlockOptions { DrawnFrames = true }.Validate());

    [Fact]
    public void Validate_DrawnFramesOfMotions_IsRefused() => Assert.Equal(
        ["DrawnFrames is true, but a motion needs all frames of a set; expected false."],
        new LieDynamicsOptions { Block = LieDynamicsOptions.UsualBlock with { DrawnFrames = true } }.Validate());

    [Fact]
    public void Validate_DrawnFramesWithForces_IsRefused()
    {
        var config = MoleculePresets.Create("md17", "quick", null, "SE3", null, null);
        var block = config.Model.Block with { DrawnFrames = true };
        Assert.Contains(
            "DrawnFrames is true, but forces need all frames of a molecule; expected model.block.drawnFrames=false.",
            (config with { Model = config.Model with { Block = block } }).Validate());
    }

    private static LieResNet Network(string name, bool drawn)
    {
        random.manual_seed(1);
        var network = new LieResNet(LieGroups.Parse(name), new LieResNetOptions
        {
            Inputs = 1, Outputs = 2, Layers = 1, Channels = [8],
            Block = new()
            {
                Neighborhood = NeighborhoodKind.Everything, Frames = FrameChoice.Weighted, BatchNorm = false,
                DrawnFrames = drawn,
            },
        });
        network.to(ScalarType.Float64);
        return network;
    }

    /// <summary>Not quite a hexagon or an octahedron, whose outer points are many.</summary>
    private static PointSet Set(string name)
    {
        using var generator = new Generator(5);
        var angles = arange(Points, ScalarType.Float64) * (Math.PI / 3);
        var corners = LieGroups.Parse(name).PointDim == 2
            ? stack([angles.cos(), angles.sin()], -1)
            : cat([eye(3, dtype: ScalarType.Float64), -eye(3, dtype: ScalarType.Float64)]);
        var noise = randn(corners.shape, dtype: ScalarType.Float64, generator: generator) * 0.03;
        return new PointSet(
            (corners + noise).unsqueeze(0), randn([1, Points, 1], dtype: ScalarType.Float64, generator: generator));
    }

    private static PointSet Padded(PointSet set)
    {
        var mask = ones([1, Points + 2], ScalarType.Bool);
        mask[.., Points..] = false;
        var rest = full([1, 2, set.Coordinates.shape[2]], double.NaN, ScalarType.Float64);
        return new PointSet(
            cat([set.Coordinates, rest], 1), cat([set.Values, rest.narrow(2, 0, 1)], 1), mask);
    }

    private static PointSet Repeated(PointSet set) => new(
        set.Coordinates.repeat([Copies, 1, 1]), set.Values.repeat([Copies, 1, 1]), set.Mask?.repeat([Copies, 1]));

    /// <summary>Angles in the middles of equal parts of the circle.</summary>
    private sealed class Spread : Draws
    {
        public override Tensor Angles(long[] shape, ScalarType dtype, Device device) =>
            (arange(shape[0], dtype: dtype, device: device) + 0.5) * (2 * Math.PI / shape[0]);

        public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
            NoDraws.Instance.Quaternions(shape, dtype, device);

        public override Tensor Ranks(long[] shape, Device device) => NoDraws.Instance.Ranks(shape, device);

        public override long[] Starts(ReadOnlySpan<long> validCounts) => NoDraws.Instance.Starts(validCounts);
    }
}
