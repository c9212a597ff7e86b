using LieConv.Molecules;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Neither the order of atoms, padding nor the rest of the batch matters, and motions of the group do
/// not.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class MolecularSetTests
{
    private const double RoundOff = 1e-11;

    public static TheoryData<string> Networks =>
        ["T3", "Trivial3", "SO3 Framed", "SE3 Framed", "SE3 Weighted", "MolecGN"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_MoleculeInABatch_GivesWhatItGivesAlone(string label)
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network(label);
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 9, 3, 5);
        var together = network.call(batch, NoDraws.Instance);
        Assert.Equal([4, 1], together.shape);
        foreach (var (i, size) in new[] { (0, 5), (1, 9), (2, 3), (3, 5) })
        {
            var alone = new MoleculeBatch(batch.Positions[i..(i + 1), ..size], batch.Charges[i..(i + 1), ..size]);
            Assert.True(RandomMolecules.Difference(together[i], network.call(alone, NoDraws.Instance)[0]) < RoundOff);
        }
        Assert.True(RandomMolecules.Difference(together[0], together[3]) > 1e-6);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_PermutedAtoms_GivesTheSame(string label)
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network(label);
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 9, 3);
        var order = randperm(9);
        var permuted = new MoleculeBatch(batch.Positions.index_select(1, order), batch.Charges.index_select(1, order));
        Assert.True(RandomMolecules.Difference(
            network.call(batch, NoDraws.Instance), network.call(permuted, NoDraws.Instance)) < RoundOff);
    }

    [Theory]
    [InlineData("T3", MoleculeTransform.T3, true)]
    [InlineData("T3", MoleculeTransform.SO3, false)]
    [InlineData("SE3 Framed", MoleculeTransform.SE3, true)]
    [InlineData("SE3 Weighted", MoleculeTransform.SE3, true)]
    [InlineData("SO3 Framed", MoleculeTransform.SO3, true)]
    [InlineData("SO3 Framed", MoleculeTransform.T3, false)]
    [InlineData("Trivial3", MoleculeTransform.T3, false)]
    [InlineData("MolecGN", MoleculeTransform.T3, false)]
    public void Forward_MovedMolecules_IsInvariantUnderTheGroupOnly(
        string label, MoleculeTransform transform, bool invariant)
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network(label);
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 9, 3);
        using var generator = new Generator(4);
        var moved = MoleculeTransforms.Apply(batch, transform, generator);
        var difference = RandomMolecules.Difference(
            network.call(batch, NoDraws.Instance), network.call(moved, NoDraws.Instance));
        if (invariant) Assert.True(difference < 1e-10, $"{difference}");
        else Assert.True(difference > 1e-6, $"{difference}");
    }

    [Theory]
    [InlineData("Trivial3")]
    [InlineData("MolecGN")]
    public void Forward_Recentred_IsInvariantUnderTranslations(string label)
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network(label, RandomMolecules.Small with { Recentre = true });
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 9, 3);
        var moved = batch with { Positions = batch.Positions + 2.5 };
        Assert.True(RandomMolecules.Difference(
            network.call(batch, NoDraws.Instance), network.call(moved, NoDraws.Instance)) < 1e-10);
    }

    [Fact]
    public void Forward_SumPooling_IsAtomsTimesTheMean()
    {
        using var scope = NewDisposeScope();
        using var mean = RandomMolecules.Network("T3");
        using var sum = RandomMolecules.Network("T3", RandomMolecules.Small with { SumPooling = true });
        foreach (var sizes in new[] { new[] { 5, 9, 3 }, [7, 7, 7] })
        {
            var batch = RandomMolecules.Of(ScalarType.Float64, sizes);
            var counts = tensor(sizes, dtype: ScalarType.Float64).unsqueeze(-1);
            Assert.True(RandomMolecules.Difference(
                mean.call(batch, NoDraws.Instance) * counts, sum.call(batch, NoDraws.Instance)) < RoundOff);
        }
    }
}
