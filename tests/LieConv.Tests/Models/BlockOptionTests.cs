using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Dynamics.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Options that reach a residual network from the networks around it, and counts without a limit.</summary>
public sealed class BlockOptionTests
{
    [Fact]
    public void ToLieResNet_OptionsOfImages_ReachIt()
    {
        var usual = new ImageLieResNetOptions { Layers = 2, TotalDownsampling = 0.25, FillFraction = 0.2, Channels = 16 };
        Assert.Equal([16, 22, 32], usual.ToLieResNet().Channels);
        Assert.Equal([0.2, 0.4], usual.ToLieResNet().FillFractions.Select(fill => Math.Round(fill, 12)));
        var shape = (usual with
        {
            BlockChannels = [8, 9, 30], Block = usual.Block with { BatchNorm = false, NormMomentum = 0.3 },
        }).ToLieResNet();
        Assert.Equal([8, 9, 30], shape.Channels);
        Assert.Equal((false, 0.3, 0.3), (shape.Block.BatchNorm, shape.Block.NormMomentum, shape.Convolution(1).Block.NormMomentum));
    }

    [Fact]
    public void ToLieResNet_OptionsOfMolecules_ReachIt()
    {
        var shape = new MolecularNetworkOptions
        {
            Layers = 2, BlockChannels = [8, 12, 16], BlockFills = [0.3, 0.6],
            Block = MolecularNetworkOptions.UsualBlock with { NormMomentum = 0.2, SampleCount = int.MaxValue },
        }.ToLieResNet();
        Assert.Equal([8, 12, 16], shape.Channels);
        Assert.Equal([0.3, 0.6], shape.FillFractions);
        Assert.Equal((NeighborhoodKind.Ball, 0.2), (shape.Block.Neighborhood, shape.Block.NormMomentum));
        var full = new MolecularNetworkOptions { Layers = 2, Fill = 0.5, BlockFills = [1, 2] };
        Assert.Equal(NeighborhoodKind.Everything, full.ToLieResNet().Block.Neighborhood);
    }

    [Fact]
    public void Create_DynamicsWithBlockChannels_HasThem()
    {
        var options = new DynamicsModelOptions
        {
            Layers = 2, BlockChannels = [8, 12, 16],
            Block = LieDynamicsOptions.UsualBlock with
            {
                BatchNorm = true, NormMomentum = 0.5, Activation = Activation.Relu,
            },
        };
        using var network = DynamicsNetworks.Create("HLieResNet", new Translation(2), options, 4, 2, 2);
        var shapes = network.state_dict().ToDictionary(item => item.Key, item => item.Value.shape);
        Assert.Equal([8, 2], shapes["potential.embed.weight"]);
        Assert.Equal([12, 3], shapes["potential.blocks.0.widen.weight"]);
        Assert.Equal([1, 16], shapes["potential.head.weight"]);
        Assert.Contains("potential.head_norm.running_mean", shapes.Keys);
    }

    /// <summary>Over one particle sum and mean are one; over two they are not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Potential_OneParticle_SumAndMeanAreTheSame(bool mean)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var options = new LieDynamicsOptions
        {
            Channels = 16, Layers = 2, Block = LieDynamicsOptions.UsualBlock with { Mean = mean },
        };
        using var network = new LieHamiltonian(new Translation(2), options);
        using var other = new LieHamiltonian(new Translation(2), options with
        {
            Block = options.Block with { Mean = !mean },
        });
        network.to(ScalarType.Float64);
        other.to(ScalarType.Float64);
        other.load_state_dict(network.state_dict());
        var (alone, systems) = Baseline.Example(n: 1);
        var (both, pair) = Baseline.Example(n: 2);
        Assert.True(Baseline.Difference(network.Energy(alone, systems), other.Energy(alone, systems)) < 1e-12);
        Assert.True(Baseline.Difference(network.Energy(both, pair), other.Energy(both, pair)) > 1e-3);
    }

    [Theory]
    [InlineData(NeighborhoodKind.Ball)]
    [InlineData(NeighborhoodKind.Nearest)]
    public void Forward_CountWithoutLimit_IsAllThereAre(NeighborhoodKind kind)
    {
        using var scope = NewDisposeScope();
        var options = new LieResNetOptions
        {
            Layers = 2, Channels = [8], DownsampleFraction = 0.5,
            Block = new() { Neighborhood = kind, SampleCount = int.MaxValue },
        };
        var outputs = new[] { int.MaxValue, 9 }.Select(count =>
        {
            random.manual_seed(6);
            using var network = new LieResNet(new Translation(2), options with
            {
                Block = options.Block with { SampleCount = count },
            });
            network.eval();
            foreach (var block in network.Blocks) block.Neighbours.MostPairs = 10;             // searched for, too
            var generator = new Generator(3);
            var points = new PointSet(randn([2, 9, 2], generator: generator), randn([2, 9, 1], generator: generator));
            return network.call(points, new GeneratorDraws(generator));
        }).ToArray();
        Assert.True(outputs[0].allclose(outputs[1], 1e-6, 1e-6));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Validate_WrongLists_NameTheOption()
    {
        Assert.Equal(["BlockChannels has 2 numbers; expected Layers + 1 = 7."],
            new ImageLieResNetOptions { BlockChannels = [16, 16] }.Validate());
        Assert.Equal(["BlockFills has 1 numbers; expected Layers = 6."],
            new MolecularNetworkOptions { BlockFills = [1] }.Validate());
        Assert.Equal(["BlockChannels has 0 numbers; expected Layers + 1 = 5."],
            new LieDynamicsOptions { BlockChannels = [] }.Validate());
        Assert.Equal(["NormMomentum is 2; expected a number from 0 to 1."], new LieResNetOptions
        {
            Block = new() { NormMomentum = 2 },
        }.Validate());
        Assert.Equal(["NormMomentum is -1; expected a number from 0 to 1."], new LieConvOptions
        {
            Block = new() { NormMomentum = -1 },
        }.Validate());
        Assert.Equal(["BlockChannels is [2, 16, 16, 16, 16]; expected numbers from 4 to 32768."],
            new DynamicsModelOptions { BlockChannels = [2, 16, 16, 16, 16] }.Validate());
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("Mean")]
    [InlineData("BatchNorm")]
    [InlineData("Activation")]
    [InlineData("BlockChannels")]
    [InlineData("NormMomentum")]
    public void Create_ChoiceThatABaselineLacks_IsRefusedNotIgnored(string name)
    {
        var options = new DynamicsModelOptions();
        options = name switch
        {
            "Mean" => options with { Block = options.Block with { Mean = false } },
            "BatchNorm" => options with { Block = options.Block with { BatchNorm = true } },
            "Activation" => options with { Block = options.Block with { Activation = Activation.Relu } },
            "BlockChannels" => options with { BlockChannels = [8, 8, 8, 8, 8] },
            _ => options with { Block = options.Block with { NormMomentum = 0.5 } },
        };
        Assert.Equal(
            $"{name} is given, but OGN has no such choice; expected a network with a group, such as HLieResNet.",
            Assert.Throws<ArgumentException>(() => DynamicsNetworks.Create("OGN", null, options, 4, 2, 2)).Message);
    }
}
