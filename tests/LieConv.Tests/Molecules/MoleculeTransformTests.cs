using LieConv.Molecules;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Random motions of molecules.</summary>
[NoTensorLeaks]
public sealed class MoleculeTransformTests
{
    [Theory]
    [InlineData("none", MoleculeTransform.None)]
    [InlineData("T3", MoleculeTransform.T3)]
    [InlineData("so3", MoleculeTransform.SO3)]
    [InlineData("SE3", MoleculeTransform.SE3)]
    public void Parse_Name_IsItsTransform(string name, MoleculeTransform expected) =>
        Assert.Equal(expected, MoleculeTransforms.Parse(name));

    [Fact]
    [Trait("Category", "Faults")]
    public void Parse_UnknownName_ListsThem() => Assert.StartsWith(
        "Unknown transform 'O3'; expected one of none, T3, SO3, SE3.",
        Assert.Throws<ArgumentException>(() => MoleculeTransforms.Parse("O3")).Message);

    [Theory]
    [InlineData(MoleculeTransform.None)]
    [InlineData(MoleculeTransform.T3)]
    [InlineData(MoleculeTransform.SO3)]
    [InlineData(MoleculeTransform.SE3)]
    public void Apply_Batch_MovesEachMoleculeRigidly(MoleculeTransform transform)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var batch = Batch(3);
        var moved = MoleculeTransforms.Apply(batch, transform, generator);
        Assert.True(RandomMolecules.Difference(
            cdist(batch.Positions, batch.Positions), cdist(moved.Positions, moved.Positions)) < 1e-7);
        Assert.Equal(
            transform == MoleculeTransform.None, RandomMolecules.Difference(batch.Positions, moved.Positions) == 0);
        if (transform == MoleculeTransform.None) return;
        // Each by its own motion: the molecules are copies of one.
        Assert.True(RandomMolecules.Difference(moved.Positions[0], moved.Positions[1]) > 1e-3);
    }

    [Fact]
    public void Apply_ManyMolecules_HasTheStatedSpread()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var batch = Batch(4000);
        var shifts = new MoleculeAugmentation(MoleculeTransform.T3, 0.25).Apply(batch, generator).Positions
            - batch.Positions;
        Assert.Equal(0.25, shifts.select(1, 0).std().item<double>(), 0.01);
        // Of uniform rotations the mean matrix vanishes.
        var turned = new MoleculeAugmentation(MoleculeTransform.SO3).Apply(batch, generator).Positions;
        Assert.True(turned.mean([0L]).abs().max().item<double>() < 0.12);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Constructor_WrongArguments_IsOneSentence()
    {
        Assert.StartsWith("The scale of translations is -1; expected 0 or more.",
            Assert.Throws<ArgumentException>(() => new MoleculeAugmentation(MoleculeTransform.T3, -1)).Message);
        Assert.StartsWith("The transform is 9; expected a named one.",
            Assert.Throws<ArgumentException>(() => new MoleculeAugmentation((MoleculeTransform)9)).Message);
    }

    private static MoleculeBatch Batch(int copies)
    {
        using var generator = new Generator(3);
        var one = randn([1, 5, 3], dtype: ScalarType.Float64, generator: generator);
        return new MoleculeBatch(one.expand(copies, -1, -1).contiguous(), ones([copies, 5], ScalarType.Int64));
    }
}
