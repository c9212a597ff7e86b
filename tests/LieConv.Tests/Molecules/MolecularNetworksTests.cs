using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Networks by name, their options and their inputs.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class MolecularNetworksTests
{
    [Theory]
    [InlineData("MolecLieResNet", "T3")]
    [InlineData("moleclieresnet", "SO3")]
    [InlineData("MolecGN", null)]
    public void Create_KnownName_GivesANetworkOfManyOutputs(string name, string? group)
    {
        using var scope = NewDisposeScope();
        var options = RandomMolecules.Small with { Outputs = 3, Species = [1, 6, 7, 8, 9, 16], Recentre = true };
        using var network = MolecularNetworks.Create(name, MolecularNetworks.GroupOf(name, group), options);
        var batch = RandomMolecules.Of(ScalarType.Float32, 4, 6);
        using var generator = new Generator(1);
        Assert.Equal([2, 3], network.call(batch, new GeneratorDraws(generator)).shape);
        Assert.Equal((3, 6), (network.Outputs, network.Species.Count));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("SchNet", null, "Unknown network 'SchNet'; expected one of MolecLieResNet, LieTransformer, MolecGN.")]
    [InlineData("MolecLieResNet", null, "MolecLieResNet needs a group, such as T3.")]
    [InlineData("MolecLieResNet", "SE2", "SE2 acts on 2-dimensional points, but atoms are in space; try T3.")]
    [InlineData("MolecGN", "T3", "MolecGN has no group; leave out 'T3'.")]
    public void GroupOf_WhatDoesNotFit_IsOneSentence(string name, string? group, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(() => MolecularNetworks.GroupOf(name, group)).Message);

    [Fact]
    public void ToPoints_Atoms_HasSpeciesOutsideAndPowersInside()
    {
        using var scope = NewDisposeScope();
        using var network = (MolecularLieResNet)RandomMolecules.Network(
            "T3", RandomMolecules.Small with { Species = [1, 8], ChargeScale = 4 });
        var batch = new MoleculeBatch(
            zeros([1, 3, 3], ScalarType.Float64), tensor([1L, 8, 0]).unsqueeze(0));
        var values = network.ToPoints(batch).Values[0];
        Assert.Equal([1, 0.25, 0.0625, 0, 0, 0], values[0].data<double>().ToArray());
        Assert.Equal([0, 0, 0, 1, 2, 4], values[1].data<double>().ToArray());
        Assert.Equal(0, values[2].abs().sum().item<double>());
    }

    [Theory]
    [InlineData(100, 1.0, 1, NeighborhoodKind.Everything)]
    [InlineData(100, 1.0, 4, NeighborhoodKind.Ball)]
    [InlineData(28, 1.0, 1, NeighborhoodKind.Ball)]
    [InlineData(100, 0.5, 1, NeighborhoodKind.Ball)]
    public void ToLieResNet_Neighbourhood_IsEverythingWhereNothingIsLeftOut(
        int samples, double fill, int lifts, NeighborhoodKind expected)
    {
        var options = new MolecularNetworkOptions
        {
            Block = MolecularNetworkOptions.UsualBlock with { SampleCount = samples, LiftSamples = lifts },
            Fill = fill,
        };
        Assert.Equal(expected, options.ToLieResNet().Block.Neighborhood);
        var named = options with { Block = options.Block with { Neighborhood = NeighborhoodKind.Nearest } };
        Assert.Equal(NeighborhoodKind.Nearest, named.ToLieResNet().Block.Neighborhood);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Forward_UnknownSpecies_NamesTheCharge()
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network("T3");
        var charges = tensor([1L, 17, 6]).unsqueeze(0);
        var batch = new MoleculeBatch(randn([1, 3, 3], ScalarType.Float64), charges);
        Assert.StartsWith("Charges has an atom of nuclear charge 17; expected one of 1, 6, 7, 8, 9",
            Assert.Throws<ArgumentException>(() => network.call(batch, NoDraws.Instance)).Message);
        var masked = batch with { Mask = tensor([true, false, true]).unsqueeze(0) };
        Assert.True(network.call(masked, NoDraws.Instance).isfinite().all().item<bool>());
        var zero = masked with { Charges = tensor([0L, 17, 6]).unsqueeze(0) };
        Assert.StartsWith("Charges has an atom of nuclear charge 0;",
            Assert.Throws<ArgumentException>(() => network.call(zero, NoDraws.Instance)).Message);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Forward_WrongShapes_IsOneSentence()
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network("T3");
        var (positions, charges) = (randn([2, 3, 3], ScalarType.Float64), ones([2, 3], ScalarType.Int64));
        AssertRefused("Positions has shape (2, 3, 2)", new MoleculeBatch(positions[.., .., ..2], charges));
        AssertRefused("Positions has dtype Float32", new MoleculeBatch(positions.to(ScalarType.Float32), charges));
        AssertRefused("Charges has shape (2, 2)", new MoleculeBatch(positions, charges[.., ..2]));
        AssertRefused("Charges has dtype Int32", new MoleculeBatch(positions, charges.to(ScalarType.Int32)));
        AssertRefused("Mask has dtype Int64", new MoleculeBatch(positions, charges, charges));

        void AssertRefused(string sentence, MoleculeBatch batch) => Assert.StartsWith(
            sentence, Assert.Throws<ArgumentException>(() => network.call(batch, NoDraws.Instance)).Message);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Validate_WrongOptions_NamesAllErrors()
    {
        var options = new MolecularNetworkOptions { Species = [1, 1], ChargeScale = 0, Channels = 3, Fill = 0 };
        Assert.Equal(4, options.Validate().Count);
        var graph = new MolecularGraphOptions { Species = [], ChargeScale = 0, Channels = 0, Layers = 0, Outputs = 0 };
        Assert.Equal(5, graph.Validate().Count);
        Assert.Throws<ArgumentException>(() => new MolecularLieResNet(
            LieGroups.Parse("T3"), RandomMolecules.Small with
            {
                Block = RandomMolecules.Small.Block with { Frames = FrameChoice.Weighted },
            }));
    }
}
