using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Sets worked on without their padding give what they give with it.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class PackedNetworkTests
{
    public static TheoryData<string, ScalarType, bool> Networks => new()
    {
        { "T3", ScalarType.Float64, true }, { "T3", ScalarType.Float32, true }, { "T3", ScalarType.Float64, false },
        { "SE3 Weighted", ScalarType.Float64, true }, { "SE3 Weighted", ScalarType.Float32, true },
        { "SO3 Framed", ScalarType.Float64, true }, { "Trivial3", ScalarType.Float32, false },
        { "SE3", ScalarType.Float64, true },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_Training_GivesWhatThePaddedPathGives(string label, ScalarType dtype, bool batchNorm)
    {
        using var scope = NewDisposeScope();
        var options = RandomMolecules.Small with
        {
            Block = RandomMolecules.Small.Block with { BatchNorm = batchNorm, LiftSamples = label == "SE3" ? 2 : 1 },
            Channels = 64,
        };
        AssertSame(label, options, dtype);
    }

    [Theory]
    [InlineData("SE3", NeighborhoodKind.Ball, ScalarType.Float64)]
    [InlineData("SE3", NeighborhoodKind.Ball, ScalarType.Float32)]
    [InlineData("SO3", NeighborhoodKind.Ball, ScalarType.Float64)]
    [InlineData("T3", NeighborhoodKind.Nearest, ScalarType.Float64)]
    public void Forward_SomeNeighbours_GivesWhatThePaddedPathGives(string label, NeighborhoodKind kind, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        AssertSame(label, RandomMolecules.Small with
        {
            Channels = 64,
            Block = RandomMolecules.Small.Block with
            {
                LiftSamples = label == "SE3" ? 2 : 1, Neighborhood = kind, SampleCount = 4,
            },
            Fill = 0.5,
            Recentre = true,
        }, dtype);
    }

    private static void AssertSame(string label, MolecularNetworkOptions options, ScalarType dtype)
    {
        var padded = Trained(label, options, dtype, packed: false);
        var packed = Trained(label, options, dtype, packed: true);
        var tolerance = dtype == ScalarType.Float64 ? 1e-10 : 2e-4;
        Assert.Equal(padded.Keys, packed.Keys);
        var scale = padded.Where(item => item.Key.StartsWith("gradient", StringComparison.Ordinal))
            .Max(item => item.Value.abs().max().to_type(ScalarType.Float64).item<double>());
        foreach (var (name, expected) in padded)
        {
            var size = Math.Max(scale, expected.abs().max().to_type(ScalarType.Float64).item<double>());
            var error = RandomMolecules.Difference(expected, packed[name]) / size;
            Assert.True(error < tolerance, $"{name}: {error}");
        }
    }

    [Fact]
    public void Forward_MoreAndMoreChannels_GivesWhatThePaddedPathGives()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(6);
        using var network = new LieResNet(LieGroups.Parse("SE2"), new LieResNetOptions
        {
            Inputs = 2, Outputs = 3, Layers = 2, Channels = [8, 16, 40],
            Block = new()
            {
                Neighborhood = NeighborhoodKind.Everything, Frames = FrameChoice.Framed, LiftSamples = 2,
                Mean = false,
            },
        });
        network.to(ScalarType.Float64);
        network.eval();
        var mask = rand([4, 7]) < 0.6;
        mask[2] = tensor(false);
        var points = new PointSet(
            randn([4, 7, 2], dtype: ScalarType.Float64), randn([4, 7, 2], dtype: ScalarType.Float64), mask);
        var packed = network.call(points, NoDraws.Instance);
        network.LeastPadding = double.PositiveInfinity;
        var padded = network.call(points, NoDraws.Instance);
        Assert.True(RandomMolecules.Difference(packed, padded) < 1e-11);
        Assert.Equal(0, packed[2].abs().sum().item<double>());
        Assert.True(packed[0].abs().sum().item<double>() > 0);
    }

    [Fact]
    public void Of_Mask_LaysSmallSetsFirst()
    {
        using var scope = NewDisposeScope();
        var mask = tensor(new[,] { { true, true, false }, { false, false, false }, { false, true, false } });
        var sets = PackedSets.Create(mask, 0.05)!.Value;
        Assert.Equal([7L, 0, 1], sets.Rows.data<long>().ToArray());
        Assert.Equal([2L, 0, 0], sets.Sets.data<long>().ToArray());
        Assert.Equal([new PackedGroup(1, 1), new PackedGroup(1, 2)], sets.Groups);
        Assert.Equal([0L, 1, 1, 2, 2], sets.Pairs().Queries.data<long>().ToArray());
        Assert.Equal([0L, 1, 2, 1, 2], sets.Pairs().Support.data<long>().ToArray());
    }

    [Fact]
    public void Of_LittlePaddingOrNoPoint_DoesNotPack()
    {
        using var scope = NewDisposeScope();
        Assert.Null(PackedSets.Create(ones([3, 4], ScalarType.Bool), 0.05));
        Assert.Null(PackedSets.Create(zeros([3, 4], ScalarType.Bool), 0.05));
        var mask = ones([10, 10], ScalarType.Bool);
        mask[0, 6..] = tensor(false);
        Assert.Null(PackedSets.Create(mask, 0.05));
        mask[0, 5] = tensor(false);
        Assert.NotNull(PackedSets.Create(mask, 0.05));
    }

    /// <summary>Output, gradients and state after one pass in training.</summary>
    private static Dictionary<string, Tensor> Trained(
        string label, MolecularNetworkOptions options, ScalarType dtype, bool packed)
    {
        using var network = (MolecularLieResNet)RandomMolecules.Network(label, options, dtype);
        network.train();
        network.Network.LeastPadding = packed ? 0.05 : double.PositiveInfinity;
        var batch = RandomMolecules.Of(dtype, 5, 9, 3, 5, 1);
        var positions = batch.Positions.requires_grad_();
        using var generator = new Generator(3);
        var y = network.call(batch, new GeneratorDraws(generator));
        (y.square() + y).sum().backward();
        var found = new Dictionary<string, Tensor>
        {
            ["output"] = y.detach(), ["gradient of positions"] = positions.grad!.nan_to_num(),
        };
        foreach (var (name, parameter) in network.named_parameters())
            found["gradient of " + name] = parameter.grad!.clone();
        foreach (var (name, buffer) in network.named_buffers()) found["buffer " + name] = buffer.clone();
        return found;
    }
}
