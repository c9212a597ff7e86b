using LieConv.Datasets.Molecules;
using LieConv.Molecules;
using LieConv.Randomness;
using LieConv.Tests.Molecules;
using LieConv.Training.Tasks.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Molecules;

/// <summary>The original's recentring: less the mean position of the training atoms, divided by the deviation of all
/// their coordinates.</summary>
public sealed class PositionScalesTests
{
    /// <summary>Atoms at (1,0,0), (3,0,0) and (2,6,0): mean (2,2,0); the nine coordinates have mean 4/3 and squares
    /// about it of 50 - 16 = 34, by 8 degrees of freedom.</summary>
    [Fact]
    public void Standardised_ThreeAtoms_HasTheirMeanAndDeviation()
    {
        var set = new MoleculeSet(
            [0, 2, 3], [6, 1, 8], [1, 0, 0, 3, 0, 0, 2, 6, 0], ["energy"], [1, 2], [1, 2]);
        var model = PositionScales.Standardised(new MolecularNetworkOptions(), set);
        Assert.Equal([2, 2, 0], model.Origin!);
        Assert.Equal(Math.Sqrt(34.0 / 8), model.LengthUnit, 12);
        Assert.Null(PositionScales.Standardised(new MolecularNetworkOptions { Recentre = true }, set).Origin);
    }

    [Theory]
    [InlineData("MolecGN")]
    [InlineData("SO3 Framed")]
    [InlineData("Trivial3")]
    public void Forward_OriginAndUnit_IsThatOfMovedMolecules(string label)
    {
        using var scope = NewDisposeScope();
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 3);
        double[] origin = [0.3, -1, 2];
        using var standard = RandomMolecules.Network(label, RandomMolecules.Small with { Origin = origin, LengthUnit = 1.7 });
        using var plain = RandomMolecules.Network(label);
        var draws = NoDraws.Instance;
        var moved = batch with { Positions = (batch.Positions - tensor(origin)) / 1.7 };
        Assert.True(RandomMolecules.Difference(standard.call(batch, draws), plain.call(moved, draws)) < 1e-9);
        Assert.True(RandomMolecules.Difference(standard.call(batch, draws), plain.call(batch, draws)) > 1e-8);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Validate_PlacesThatAreNone_AreOneSentence()
    {
        Assert.Equal(["Origin is [1, 2]; expected x, y and z in Angstrom."],
            new MolecularNetworkOptions { Origin = [1, 2] }.Validate());
        Assert.Equal(["LengthUnit is 0; expected a number above 0."], new MolecularGraphOptions { LengthUnit = 0 }.Validate());
        var config = new MoleculeConfig { Group = "T3", Standardise = true };
        Assert.Empty(config.Validate());
        var given = config with { Model = config.Model with { LengthUnit = 0.2 } };
        Assert.Equal(["standardise is true, which finds origin and lengthUnit; expected these to be null and 1."], given.Validate());
        Assert.Empty((given with { Targets = [new("homo", "meV", 0, 1)] }).Validate());
    }
}
