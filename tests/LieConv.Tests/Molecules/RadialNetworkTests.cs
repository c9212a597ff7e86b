using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Networks whose kernels read functions of distances: on every path, with the symmetry that they have, and with
/// forces.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class RadialNetworkTests
{
    private const double Step = 1e-5;

    private static MolecularNetworkOptions Options(bool only = false) => RandomMolecules.Small with
    {
        Block = RandomMolecules.Small.Block with { RadialBasis = 5, RadialCutoff = 3, RadialOnly = only },
    };

    /// <summary>What sees distances only is invariant under all rotations and reflections; what sees differences, too, is
    /// not; frames make it so.</summary>
    [Theory]
    [InlineData("T3", true, true)]
    [InlineData("Trivial3", true, true)]
    [InlineData("T3", false, false)]
    [InlineData("SE3 Weighted", false, true)]
    public void Forward_TurnedMolecules_IsInvariantWhereOnlyDistancesAreSeen(string label, bool only, bool isInvariant)
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network(label, Options(only));
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 9, 3);
        var turned = batch with { Positions = batch.Positions.matmul(RandomMolecules.Rotation().T) };
        var (still, moved) = (network.call(batch, NoDraws.Instance), network.call(turned, NoDraws.Instance));
        Assert.Equal(isInvariant, RandomMolecules.Difference(still, moved) < 1e-10);
        if (only) Assert.True(RandomMolecules.Difference(
            still, network.call(batch with { Positions = -batch.Positions }, NoDraws.Instance)) < 1e-10);
        var stretched = batch with { Positions = batch.Positions * 1.1 };
        Assert.True(RandomMolecules.Difference(still, network.call(stretched, NoDraws.Instance)) > 1e-6);
    }

    /// <summary>Alone, in a batch with and without padding, and through a finder that chooses all: the same.</summary>
    [Theory]
    [InlineData("T3", 1.0)]
    [InlineData("SE3", 1.0)]
    [InlineData("SE3", 0.6)]
    [InlineData("SO3", 0.6)]
    public void Forward_EveryPath_GivesTheSame(string name, double kept)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var options = new LieResNetOptions
        {
            Inputs = 2, Outputs = 2, Layers = 2, Channels = [8], DownsampleFraction = kept,
            Block = new() { Neighborhood = NeighborhoodKind.Everything, RadialBasis = 3, RadialCutoff = 2 },
        };
        var group = LieGroups.Parse(name);
        using var library = new LieResNet(group, options);
        using var own = new LieResNet(group, options, seen => new NearestFinder(seen, int.MaxValue));
        own.load_state_dict(library.state_dict());
        own.to(ScalarType.Float64);
        library.to(ScalarType.Float64);
        var mask = rand([3, 8]) < 0.7;
        mask[.., 0] = tensor(true);
        var points = new PointSet(randn([3, 8, 3], ScalarType.Float64), randn([3, 8, 2], ScalarType.Float64), mask);
        var expected = Output(library);
        foreach (var leastPadding in (double[])[0.05, double.PositiveInfinity])
        {
            (library.LeastPadding, own.LeastPadding) = (leastPadding, leastPadding);
            Assert.True(RandomMolecules.Difference(expected, Output(library)) < 1e-11);
            Assert.True(RandomMolecules.Difference(expected, Output(own)) < 1e-11);
        }

        Tensor Output(LieResNet network)
        {
            using var generator = new Generator(3);
            return network.call(points, new GeneratorDraws(generator));
        }
    }

    /// <summary>Float32 takes the fused kernel network, float64 the plain one.</summary>
    [Theory]
    [InlineData(5, false)]
    [InlineData(29, false)]
    [InlineData(29, true)]
    public void Forward_SinglePrecision_IsThatOfDouble(int count, bool only)
    {
        using var scope = NewDisposeScope();
        var options = Options(only);
        options = options with { Channels = 64, Block = options.Block with { RadialBasis = count, BatchNorm = true } };
        var (single, exact) = (Trained(ScalarType.Float32), Trained(ScalarType.Float64));
        foreach (var (name, expected) in exact)
        {
            var size = 1e-3 + expected.abs().max().item<double>();
            var error = RandomMolecules.Difference(expected, single[name].to(ScalarType.Float64)) / size;
            Assert.True(error < 2e-3, $"{name}: {error}");
        }

        Dictionary<string, Tensor> Trained(ScalarType dtype)
        {
            using var network = RandomMolecules.Network("T3", options, dtype);
            network.train();
            var batch = RandomMolecules.Of(dtype, 5, 9, 3);
            var output = network.call(batch, NoDraws.Instance);
            output.square().sum().backward();
            var found = network.named_parameters().Where(pair => pair.parameter.grad is not null
                    && pair.name.Contains("kernel.linears", StringComparison.Ordinal)
                    && pair.name.EndsWith("weight", StringComparison.Ordinal))
                .ToDictionary(pair => pair.name, pair => pair.parameter.grad!.clone());
            Assert.NotEmpty(found);
            found["output"] = output.detach();
            return found;
        }
    }

    /// <summary>Two atoms in one place and one beyond the cutoff: forces are those of the difference quotient, and a loss on
    /// them has finite gradients.</summary>
    [Theory]
    [InlineData("T3", false)]
    [InlineData("T3", true)]
    [InlineData("SE3 Weighted", false)]
    public void Forces_CoincidentAndFarAtoms_AreMinusTheSlope(string label, bool only)
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network(label, Options(only));
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 6);
        using (no_grad())
        {
            batch.Positions[0, 1].copy_(batch.Positions[0, 0]);
            batch.Positions[1, 5] += 9;
        }
        var found = MolecularForces.Compute(network, batch, NoDraws.Instance, createGraph: true);
        foreach (var (molecule, atom, axis) in new[] { (0, 0, 0), (0, 3, 2), (1, 5, 1), (1, 2, 0) })
        {
            var expected = (Energy(molecule, atom, axis, -Step) - Energy(molecule, atom, axis, Step)) / (2 * Step);
            Assert.Equal(expected, found.Forces[molecule, atom, axis].item<double>(), 7);
        }
        (found.Forces.square().sum() + found.Energies.sum()).backward();
        Assert.All(network.parameters().Where(parameter => parameter.grad is not null),
            parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));

        double Energy(int molecule, int atom, int axis, double step)
        {
            using var off = no_grad();
            var moved = batch.Positions.clone();
            moved[molecule, atom, axis] += step;
            return network.call(batch with { Positions = moved }, NoDraws.Instance)[molecule, 0].item<double>();
        }
    }

    /// <summary>An option of every network: kernel networks read so many numbers more.</summary>
    [Fact]
    public void Create_EveryNetwork_ReadsTheFunctions()
    {
        using var scope = NewDisposeScope();
        var block = new BlockOptions { RadialBasis = 7, RadialCutoff = 4 };
        Reads(10, new ImageLieResNet(new SE2(), new ImageLieResNetOptions
        {
            Height = 6, Width = 6, Channels = 8, Layers = 2, Block = block with { LiftSamples = 2 },
        }));
        Reads(13, new PointNetwork(new SE3(), new PointNetworkOptions { Channels = 8, Layers = 2, Block = block }));
        Reads(7, new PointNetwork(new Translation(3), new PointNetworkOptions
        {
            Channels = 8, Layers = 2, Block = block with { RadialOnly = true },
        }));
        var motion = LieDynamicsOptions.UsualBlock with { RadialBasis = 7, RadialCutoff = 4 };
        Reads(9, new LieHamiltonian(new Translation(2), new LieDynamicsOptions { Channels = 8, Layers = 2, Block = motion }));
        Reads(10, new LieDynamics(new SE2(), new LieDynamicsOptions { Channels = 8, Layers = 2, Block = motion }));

        static void Reads(int numbers, TorchSharp.torch.nn.Module network)
        {
            using (network)
            {
                var kernels = network.named_parameters()
                    .Where(pair => pair.name.EndsWith("kernel.linears.0.weight", StringComparison.Ordinal)).ToArray();
                Assert.Equal(2, kernels.Length);
                Assert.All(kernels, pair => Assert.Equal(numbers, pair.parameter.shape[1]));
            }
        }
    }

    /// <summary>The cutoff of molecules is in Angstrom, whatever their unit of length.</summary>
    [Fact]
    public void ToLieResNet_LengthUnit_CutsOffInAngstrom() =>
        Assert.Equal(15, (Options() with { LengthUnit = 0.2 }).ToLieResNet().Block.RadialCutoff, 12);

    [Fact]
    [Trait("Category", "Faults")]
    public void Validate_WrongFunctions_AreOneSentenceEach()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(["RadialBasis is -1; expected 0 (none) to 256 functions."], new BlockOptions { RadialBasis = -1 }.Validate());
        Assert.Equal(
            ["RadialCutoff is 0; expected the distance above 0 from which the functions of RadialBasis are 0."],
            new BlockOptions { RadialBasis = 4 }.Validate());
        Assert.Equal(
            ["RadialOnly is true, but RadialBasis is 0; expected the number of functions that are read."],
            new BlockOptions { RadialOnly = true }.Validate());
        Assert.StartsWith("RadialBasis is 4, but RxSO2 scales", Assert.Throws<ArgumentException>(() => new LieResNet(
            LieGroups.Parse("RxSO2"), new LieResNetOptions { Block = new() { RadialBasis = 4, RadialCutoff = 1 } })).Message);
    }
}
