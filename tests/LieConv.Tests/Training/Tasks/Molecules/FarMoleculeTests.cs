using LieConv.Datasets.Molecules;
using LieConv.Groups;
using LieConv.Tests.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Molecules;

/// <summary>Molecules far from the origin: positions are centred in double precision before they become float32.</summary>
[Collection("Serial")]
public sealed class FarMoleculeTests
{
    private static readonly double[] Water = [0, 0, 0.119, 0, 0.763, -0.477, 0, -0.763, -0.477];

    [Theory]
    [InlineData("T3", true), InlineData("SE3", true), InlineData("SO3", false), InlineData("Trivial3", false)]
    [InlineData("MolecGN", false)]
    public void IsTranslationInvariant_IsThatOfTheGroup(string label, bool expected)
    {
        using var network = RandomMolecules.Network(label);
        Assert.Equal(expected, network.IsTranslationInvariant);
        using var recentred = RandomMolecules.Network(label, RandomMolecules.Small with { Recentre = true });
        Assert.True(recentred.IsTranslationInvariant || label == "MolecGN");
    }

    [Theory]
    [InlineData("SE3[3,4,5]", true), InlineData("SE3[0,3,4,5]", true), InlineData("SE3[0,3]", false), InlineData("Tx", false)]
    public void HoldsTranslations_OfSubgroups_AsksForAllTranslations(string name, bool expected) =>
        Assert.Equal(expected, LieGroups.Parse(name).HoldsTranslations);

    [Theory]
    [InlineData(1e3), InlineData(1e5), InlineData(1e6)]
    public void Make_Centred_GivesTheSamePositionsWhereverTheMoleculeIs(double shift)
    {
        using var scope = NewDisposeScope();
        var (near, far) = (Set(0), Set(shift));
        var expected = MoleculeBatches.Make(near, [0, 1], centred: true).Positions;
        var moved = MoleculeBatches.Make(far, [0, 1], centred: true).Positions;
        // What is left is the rounding of float64 at the shift.
        Assert.InRange((moved - expected).abs().max().item<float>(), 0, 4e-16 * shift + 1e-7);
        Assert.InRange(expected.sum(1).abs().max().item<float>(), 0, 1e-6f);
        var plain = MoleculeBatches.Make(far, [0, 1]).Positions;
        Assert.Equal((float)(shift + 0.763), plain[0, 1, 1].item<float>());
    }

    private static MoleculeSet Set(double shift) => new(
        [0, 3, 4], [8, 1, 1, 1], [.. Water.Select(x => x + shift), shift, shift, shift], [], [], [1, 2]);
}
