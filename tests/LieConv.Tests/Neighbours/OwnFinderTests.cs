using LieConv.Dynamics;
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

namespace LieConv.Tests.Neighbours;

/// <summary>A finder of one's own in layers and networks.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class OwnFinderTests
{
    /// <summary>What the library finds itself, found by a finder of one's own: with padding, subsamples and pairs that
    /// are read from the other end, with and without packing.</summary>
    [Theory]
    [InlineData("T2", 1.0)]
    [InlineData("SE2", 1.0)]
    [InlineData("SE2", 0.6)]
    public void Network_FinderThatChoosesAll_GivesWhatEverythingGives(string name, double kept)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var options = new LieResNetOptions
        {
            Inputs = 2, Outputs = 2, Layers = 2, Channels = [8], DownsampleFraction = kept,
            Block = new() { Neighborhood = NeighborhoodKind.Everything },
        };
        using var library = new LieResNet(group, options);
        using var own = new LieResNet(
            group, options with
            {
                Block = options.Block with { Neighborhood = NeighborhoodKind.Ball },
            }, seen => new Every(seen));
        own.load_state_dict(library.state_dict());
        own.to(ScalarType.Float64);
        library.to(ScalarType.Float64);
        var mask = rand([3, 8]) < 0.7;
        mask[.., 0] = tensor(true);
        var points = new PointSet(randn([3, 8, 2], ScalarType.Float64), randn([3, 8, 2], ScalarType.Float64), mask);
        foreach (var leastPadding in (double[])[0.05, double.PositiveInfinity])
        {
            (library.LeastPadding, own.LeastPadding) = (leastPadding, leastPadding);
            var difference = (Output(library) - Output(own)).abs().max().item<double>();
            Assert.True(difference < 1e-12, $"{difference}");
        }

        Tensor Output(LieResNet network)
        {
            using var generator = new Generator(3);
            return network.call(points, new GeneratorDraws(generator));
        }
    }

    [Fact]
    public void Find_ChoiceThatDoesNotFit_IsOneSentence()
    {
        using var scope = NewDisposeScope();
        var points = new LiftedElements(randn(1, 3, 2), null);
        Fails(
            "Indices runs from 0 to 3; expected numbers from 0 to 2.", tensor(new long[] { 0, 1, 3 }).view(1, 3, 1), null);
        Fails("Indices has dtype Int32; expected Int64.", zeros([1, 3, 1], ScalarType.Int32), null);
        Fails(
            "Indices has shape (1, 2, 1); expected (g, m, k) = (1, 3, any).", zeros([1, 2, 1], ScalarType.Int64), null);
        Fails("mask has dtype Float32; expected Bool.", zeros([1, 3, 1], ScalarType.Int64), ones(1, 3, 1));

        void Fails(string sentence, Tensor indices, Tensor? mask) => Assert.StartsWith(
            sentence,
            Assert.Throws<ArgumentException>(() => new Given(new Translation(2), indices, mask)
                .Find(points, null, points, null, null, NoDraws.Instance)).Message);
    }

    [Fact]
    public void LieConvLayer_FinderOfAnotherGroup_IsOneSentence()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(
            () => new LieConvLayer(new SE2(), 1, 1, new LieConvOptions(), new Every(new Translation(2))));
        Assert.StartsWith("The finder is of T2; expected SE2, as the convolution.", error.Message);
    }

    /// <summary>Points that see but themselves have no geometry: pixels may change places.</summary>
    [Fact]
    public void ImageLieResNet_FinderOfNoNeighbours_DoesNotSeeWherePixelsAre()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var options = new ImageLieResNetOptions
        {
            Height = 6, Width = 6, Channels = 8, Layers = 1, TotalDownsampling = 1,
        };
        random.manual_seed(1);
        var images = randn(2, 1, 6, 6);
        var moved = images.roll([1, 2], [-1, -2]);
        Assert.True(Change(new ImageLieResNet(new Translation(2), options, seen => new Alone(seen))) < 1e-5);
        Assert.InRange(Change(new ImageLieResNet(new Translation(2), options)), 1e-5, 1);

        double Change(ImageLieResNet made)
        {
            using var network = made;
            network.eval();
            using var first = new Generator(1);
            using var second = new Generator(1);
            return Largest(network.call(images, new GeneratorDraws(first)) - network.call(moved, new GeneratorDraws(second)));
        }
    }

    [Fact]
    public void MolecularLieResNet_FinderOfNoNeighbours_DoesNotSeeWhereAtomsAre()
    {
        using var scope = NewDisposeScope();
        var options = new MolecularNetworkOptions { Channels = 8, Layers = 1 };
        var charges = tensor(new long[,] { { 8, 1, 1 }, { 6, 1, 7 } });
        var (here, there) = (randn(2, 3, 3), randn(2, 3, 3));
        Assert.True(Change(new MolecularLieResNet(new Translation(3), options, seen => new Alone(seen))) < 1e-5);
        Assert.True(Change(new MolecularLieResNet(new Translation(3), options)) > 1e-5);

        double Change(MolecularLieResNet made)
        {
            using var network = made;
            network.eval();
            using var draws = new Generator(1);
            return Largest(network.call(new MoleculeBatch(here, charges, null), new GeneratorDraws(draws)) -
                network.call(new MoleculeBatch(there, charges, null), new GeneratorDraws(draws)));
        }
    }

    [Fact]
    public void DynamicsNetworks_FinderOfNoNeighbours_DoNotSeeWhereParticlesAre()
    {
        using var scope = NewDisposeScope();
        var options = new LieDynamicsOptions { Channels = 8, Layers = 1, Parameters = 1 };
        var systems = new ParticleSystems(ones(2, 4, 1, dtype: ScalarType.Float64));
        var momenta = randn([2, 4, 2], ScalarType.Float64);
        var (here, there) = (State(), State());
        Assert.True(Change(new LieHamiltonian(new Translation(2), options, seen => new Alone(seen))) < 1e-12);
        Assert.True(Change(new LieHamiltonian(new Translation(2), options)) > 1e-9);
        Assert.True(Change(new LieDynamics(new Translation(2), options, seen => new Alone(seen))) < 1e-12);
        Assert.True(Change(new LieDynamics(new Translation(2), options)) > 1e-9);

        Tensor State() => PhaseSpace.Join(randn([2, 4, 2], ScalarType.Float64), momenta);
        double Change(DynamicsNetwork made)
        {
            using var network = made;
            network.to(ScalarType.Float64);
            return Largest(network.call(here, systems) - network.call(there, systems));
        }
    }

    private static double Largest(Tensor values) => values.abs().max().to(ScalarType.Float64).item<double>();

    /// <summary>In training a ball's radius follows its fill: 2 + ½ (½ − 1) where all points are within.</summary>
    [Fact]
    public void BallFinder_RadiusThatFollows_TakesItsStepInEachSearch()
    {
        using var scope = NewDisposeScope();
        var points = new LiftedElements(zeros(1, 4, 2), null);
        var radius = new BallRadius(tensor((float)BallRadius.Initial), 0.5, Follows: true);
        var found = new BallFinder(new Translation(2), 3, radius)
            .Find(points, null, points, null, null, new GeneratorDraws(new Generator(1)));
        Assert.Equal([1L, 4, 3], found.Indices!.shape);
        Assert.Equal(1.75f, radius.Value.item<float>());
        new BallFinder(new Translation(2), 3, radius with { Follows = false })
            .Find(points, null, points, null, null, new GeneratorDraws(new Generator(1)));
        Assert.Equal(1.75f, radius.Value.item<float>());
    }

    /// <summary>Pairs that are found when they are asked for are those that are found at once.</summary>
    [Fact]
    public void Find_PairsInParts_AreThoseFoundAtOnce()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (points, mask) = (new LiftedElements(randn(2, 5, 3), null), rand([2, 5]) < 0.7);
        Neighborhood Find(long most) => new AllFinder(new SE2()) { MostKernels = most }
            .Find(points, mask, points, mask, null, NoDraws.Instance);
        var (whole, parts) = (Find(50), Find(49));
        Assert.IsType<AllNeighborhood>(whole);
        Assert.IsType<AllInParts>(parts);
        Assert.True(whole.Relative.Equals(parts.Relative) && whole.Mask!.Equals(parts.Mask!));
        var part = parts.Part(1, 3);
        Assert.True(part.Relative.Equals(whole.Relative[.., 1..4]) && part.Mask!.Equals(whole.Mask![.., 1..4]));
    }

    private sealed class Every(LieGroup group) : ChoosingFinder(group)
    {
        public override bool FindsAnew => true;

        protected override (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws)
        {
            var (u, v) = (search.Queries.Elements, search.Support.Elements);
            return (arange(v.shape[1]).expand(u.shape[0], u.shape[1], -1), null);
        }

        protected override Tensor Relative(LiftedElements queries, LiftedElements points) =>
            Group.Relative(queries, points);
    }

    private sealed class Alone(LieGroup group) : ChoosingFinder(group)
    {
        public override bool FindsAnew => false;

        protected override (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws)
        {
            var u = search.Queries.Elements;
            return (arange(u.shape[1]).view(1, -1, 1).expand(u.shape[0], -1, -1), null);
        }

        protected override Tensor Relative(LiftedElements queries, LiftedElements points) =>
            Group.Relative(queries, points);
    }

    private sealed class Given(LieGroup group, Tensor indices, Tensor? mask) : ChoosingFinder(group)
    {
        public override bool FindsAnew => false;

        protected override (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws) => (indices, mask);

        protected override Tensor Relative(LiftedElements queries, LiftedElements points) =>
            Group.Relative(queries, points);
    }
}
