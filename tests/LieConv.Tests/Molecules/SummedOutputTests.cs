using LieConv.Models;
using LieConv.Molecules;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Sums and means in one network.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class SummedOutputTests
{
    /// <summary>With and without padding: an output that is summed is the mean times the atoms, divided.</summary>
    [Theory]
    [InlineData("T3")]
    [InlineData("SE3 Weighted")]
    public void Forward_SummedOutputs_AreAtomsTimesTheMeansAndOthersMeans(string label)
    {
        using var scope = NewDisposeScope();
        var three = RandomMolecules.Small with { Outputs = 3 };
        using var means = RandomMolecules.Network(label, three);
        using var mixed = RandomMolecules.Network(label, three with { SummedOutputs = [0, 2], SumDivisor = 4 });
        using var none = RandomMolecules.Network(label, three with { SummedOutputs = [] });
        using var all = RandomMolecules.Network(label, three with { SummedOutputs = [0, 1, 2], SumDivisor = 4 });
        foreach (var sizes in new[] { new[] { 5, 9, 3 }, [7, 7, 7] })
        {
            var batch = RandomMolecules.Of(ScalarType.Float64, sizes);
            var counts = tensor(sizes, dtype: ScalarType.Float64).unsqueeze(-1) / 4;
            var mean = means.call(batch, NoDraws.Instance);
            var expected = cat([mean[.., 0..1] * counts, mean[.., 1..2], mean[.., 2..3] * counts], -1);
            Assert.True(RandomMolecules.Difference(expected, mixed.call(batch, NoDraws.Instance)) < 1e-11);
            Assert.True(RandomMolecules.Difference(mean, none.call(batch, NoDraws.Instance)) < 1e-11);
            Assert.True(RandomMolecules.Difference(mean * counts, all.call(batch, NoDraws.Instance)) < 1e-11);
        }
    }

    /// <summary>A dipole moment of charges that sum to 0 does not depend on the origin, nor turn its length; it is that of the
    /// numbers which a network with the same weights gives single atoms.</summary>
    [Theory]
    [InlineData("T3", 1)]
    [InlineData("SE3 Weighted", 1)]
    [InlineData("SE3", 2)]
    public void Forward_DipoleOutputs_AreLengthsOfTheMomentsOfAtoms(string label, int lifts)
    {
        using var scope = NewDisposeScope();
        var three = RandomMolecules.Small with
        {
            Outputs = 3, SummedOutputs = [0], SumDivisor = 4,
            Block = RandomMolecules.Small.Block with
            {
                LiftSamples = lifts, Neighborhood = LieConv.Neighbours.NeighborhoodKind.Everything, RadialBasis = 4,
                RadialCutoff = 4, RadialOnly = label == "T3",
            },
        };
        using var plain = RandomMolecules.Network(label, three);
        using var dipole = RandomMolecules.Network(label, three with { DipoleOutputs = [1] });
        using var atoms = RandomMolecules.Network(label, three with { DipoleOutputs = [1] });
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 9, 3);
        var (expected, found) = (Call(plain, batch), Call(dipole, batch));
        foreach (var o in new[] { 0, 2 })
            Assert.True(RandomMolecules.Difference(expected[.., o], found[.., o]) < 1e-10);
        Assert.True(found[.., 1].min().item<double>() > 1e-5);
        var network = ((MolecularLieResNet)atoms).Network;
        using var generator = new Generator(3);
        var numbers = network.call(((MolecularLieResNet)atoms).ToPoints(batch), new GeneratorDraws(generator))[0];
        var q = numbers.unflatten(0, [-1, lifts]).mean([1L])[..5, 1..2];
        var moment = ((q - q.mean()) * batch.Positions[0, ..5]).sum([0L]).norm();
        Assert.True(RandomMolecules.Difference(moment, found[0, 1]) < 1e-10);
        var moved = batch with { Positions = batch.Positions.matmul(RandomMolecules.Rotation().T) + 2.5 };
        if (label != "SE3") Assert.True(RandomMolecules.Difference(found, Call(dipole, moved)) < 1e-9);

        static Tensor Call(MolecularNetwork network, MoleculeBatch molecules)
        {
            using var generator = new Generator(3);
            return network.call(molecules, new GeneratorDraws(generator));
        }
    }

    /// <summary>Two like atoms have no dipole moment, and a loss on it a slope of 0.</summary>
    [Fact]
    public void Backward_SymmetricMolecule_IsFinite()
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network("T3", RandomMolecules.Small with
        {
            DipoleOutputs = [0],
            Block = RandomMolecules.Small.Block with { RadialBasis = 4, RadialCutoff = 4, RadialOnly = true },
        });
        var batch = new MoleculeBatch(tensor([-1.0, 0, 0, 1, 0, 0]).view(1, 2, 3), tensor([8L, 8]).unsqueeze(0));
        var moment = network.call(batch, NoDraws.Instance);
        Assert.Equal(0, moment.item<double>());
        (moment - 1).abs().sum().backward();
        Assert.All(network.parameters().Where(parameter => parameter.grad is not null),
            parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Validate_WrongSums_AreOneSentenceEach()
    {
        var two = new LieResNetOptions { Outputs = 2 };
        Assert.Equal(["SumDivisor is 0; expected a number above 0."], (two with { SumDivisor = 0 }).Validate());
        Assert.Equal(
            ["SummedOutputs is [0, 2]; expected different numbers from 0 to 1."], (two with { SummedOutputs = [0, 2] }).Validate());
        Assert.Equal(
            ["SummedOutputs is [1, 1]; expected different numbers from 0 to 1."], (two with { SummedOutputs = [1, 1] }).Validate());
        Assert.Equal(
            ["SummedOutputs is given, but Pool is false; expected null where nothing is summed."],
            (two with { SummedOutputs = [0], Pool = false }).Validate());
        Assert.Equal(
            ["SummedOutputs is given, but SumPooling is true, which sums all; expected one of them."],
            (two with { SummedOutputs = [0], SumPooling = true }).Validate());
    }
}
