using LieConv.Molecules;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Forces are minus the slope of the energy, turn with the molecule, and can be trained on.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class MolecularForcesTests
{
    private const double Step = 1e-5;

    [Theory]
    [InlineData("T3", 6)]
    [InlineData("T3", 9)]
    [InlineData("SE3 Framed", 6)]
    [InlineData("SE3 Weighted", 6)]
    [InlineData("MolecGN", 6)]
    public void Of_Network_IsMinusTheDifferenceQuotient(string label, int largest)
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network(label);
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, largest, largest - 1);
        var found = MolecularForces.Compute(network, batch, NoDraws.Instance);
        Assert.Equal([3], found.Energies.shape);
        Assert.False(found.Energies.requires_grad);
        Assert.Equal(0, found.Forces[0, 5..].abs().sum().item<double>());
        foreach (var (molecule, atom, axis) in new[] { (0, 0, 0), (0, 4, 2), (1, 5, 1), (2, 2, 0) })
        {
            var ahead = Energy(network, batch, molecule, atom, axis, Step);
            var behind = Energy(network, batch, molecule, atom, axis, -Step);
            var expected = -(ahead - behind) / (2 * Step);
            var actual = found.Forces[molecule, atom, axis].item<double>();
            Assert.True(Math.Abs(expected - actual) < 1e-7 * (1 + Math.Abs(expected)), $"{expected} {actual}");
        }
    }

    [Theory]
    [InlineData("SE3 Weighted", true)]
    [InlineData("SE3 Framed", true)]
    [InlineData("T3", false)]
    public void Of_TurnedMolecules_TurnTheForces(string label, bool turns)
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network(label);
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 9, 3);
        var rotation = RandomMolecules.Rotation();
        var turned = batch with { Positions = batch.Positions.matmul(rotation.T) + 0.3 };
        var expected = MolecularForces.Compute(network, batch, NoDraws.Instance).Forces.matmul(rotation.T);
        var actual = MolecularForces.Compute(network, turned, NoDraws.Instance).Forces;
        var relative = RandomMolecules.Difference(expected, actual) / expected.abs().max().item<double>();
        if (turns) Assert.True(relative < 1e-10, $"{relative}");
        else Assert.True(relative > 1e-3, $"{relative}");
    }

    [Theory]
    [InlineData("T3")]
    [InlineData("SE3 Weighted")]
    public void Of_CreateGraph_ALossOnForcesHasTheRightGradient(string label)
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network(label);
        network.train();
        var batch = RandomMolecules.Of(ScalarType.Float64, 4, 6, 3);
        Loss(network, batch, createGraph: true).backward();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (!name.EndsWith("weight", StringComparison.Ordinal)) continue;
            Assert.NotNull(parameter.grad);
            var direction = randn_like(parameter);
            var expected = (LossAt(network, batch, parameter, direction, Step)
                - LossAt(network, batch, parameter, direction, -Step)) / (2 * Step);
            var actual = (parameter.grad! * direction).sum().item<double>();
            Assert.True(Math.Abs(expected - actual) < 1e-6 * (1 + Math.Abs(expected)), $"{name}: {expected} {actual}");
        }
    }

    [Fact]
    public void Of_Formula_GivesItsSlope()
    {
        using var scope = NewDisposeScope();
        var batch = new MoleculeBatch(randn([2, 4, 3], dtype: ScalarType.Float64), ones([2, 4], ScalarType.Int64));
        var found = MolecularForces.Compute(molecules => molecules.Positions.square().sum([1L, 2L]) / 2, batch);
        Assert.True(RandomMolecules.Difference(found.Forces, -batch.Positions) < 1e-14);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Of_WhatIsNoEnergy_IsOneSentence()
    {
        using var scope = NewDisposeScope();
        var batch = RandomMolecules.Of(ScalarType.Float64, 4, 6);
        using var normalised = RandomMolecules.Network("T3", RandomMolecules.Small with
        {
            Block = RandomMolecules.Small.Block with { BatchNorm = true },
        });
        MolecularForces.Compute(normalised, batch, NoDraws.Instance);
        normalised.train();
        Assert.StartsWith("The network normalises over the batch",
            Assert.Throws<ArgumentException>(() => MolecularForces.Compute(normalised, batch, NoDraws.Instance)).Message);
        using var several = RandomMolecules.Network("T3", RandomMolecules.Small with { Outputs = 2 });
        Assert.StartsWith("The network has 2 outputs; expected 1",
            Assert.Throws<ArgumentException>(() => MolecularForces.Compute(several, batch, NoDraws.Instance)).Message);
        Assert.StartsWith("The energy does not depend on the positions",
            Assert.Throws<ArgumentException>(() => MolecularForces.Compute(_ => zeros([2]), batch)).Message);
    }

    private static double Energy(
        MolecularNetwork network, MoleculeBatch batch, int molecule, int atom, int axis, double step)
    {
        using var off = no_grad();
        var moved = batch.Positions.clone();
        moved[molecule, atom, axis] += step;
        return network.call(batch with { Positions = moved }, NoDraws.Instance)[molecule, 0].item<double>();
    }

    private static Tensor Loss(MolecularNetwork network, MoleculeBatch batch, bool createGraph)
    {
        var found = MolecularForces.Compute(network, batch, NoDraws.Instance, createGraph);
        return found.Energies.square().sum() + (found.Forces - 0.1).square().sum();
    }

    private static double LossAt(
        MolecularNetwork network, MoleculeBatch batch, Tensor parameter, Tensor direction, double step)
    {
        Shift(step);
        var loss = Loss(network, batch, createGraph: false).item<double>();
        Shift(-step);
        return loss;

        void Shift(double by)
        {
            using var off = no_grad();
            parameter.add_(direction * by);
        }
    }
}
