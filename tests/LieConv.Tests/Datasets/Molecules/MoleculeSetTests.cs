using LieConv.Datasets.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Datasets.Molecules;

public sealed class MoleculeSetTests
{
    private static readonly MoleculeSet Set = Qm9Archive.Read(MoleculeSamples.Qm9);

    [Fact]
    public void Take_AllInOrder_IsTheSameSet()
    {
        var same = Set.Take([0, 1, 2, 3, 4, 5]);
        Assert.Equal(Set.Positions, same.Positions);
        Assert.Equal(Set.Targets, same.Targets);
        Assert.Equal(Set.Offsets, same.Offsets);
    }

    [Fact]
    public void Take_SomeInAnotherOrder_KeepsEachMoleculeWhole()
    {
        var some = Set.Take([4, 0, 4]);
        Assert.Equal([100001, 1, 100001], some.Ids);
        Assert.Equal(Set.PositionsOf(4), some.PositionsOf(2));
        Assert.Equal(Set.ChargesOf(0), some.ChargesOf(1));
        Assert.Equal(Set.Target(4, 3), some.Target(0, 3));
    }

    [Fact, Trait("Category", "Faults")]
    public void New_ArraysThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new MoleculeSet([0, 2], [1], [0, 0, 0], [], [], [1]));
        Assert.Throws<ArgumentException>(() => new MoleculeSet([0, 1], [1], [0, 0], [], [], [1]));
        Assert.Throws<ArgumentException>(() => new MoleculeSet([0, 1], [1], [0, 0, 0], ["a"], [], [1]));
        Assert.Throws<ArgumentException>(() => new MoleculeSet([0, 1], [0], [0, 0, 0], [], [], [1]));
        Assert.Throws<ArgumentException>(() => new MoleculeSet([0, 2, 1], [1], [0, 0, 0], [], [], [1, 2]));
        Assert.Contains("expected one of A, B, C, mu", Assert.Throws<ArgumentException>(
            () => Set.TargetIndex("energy")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Make_Batch_IsPaddedToItsOwnLargestMolecule(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var batch = MoleculeBatches.Make(Set, [0, 1], dtype);
        Assert.Equal([2, 5, 3], batch.Positions.shape);
        Assert.Equal(dtype, batch.Positions.dtype);
        Assert.Equal(ScalarType.Int64, batch.Charges.dtype);
        Assert.Equal([5, 4], batch.Mask!.sum(1).data<long>().ToArray());
        Assert.Equal(0, batch.Positions[batch.Mask!.logical_not()].abs().sum().to(ScalarType.Float64).item<double>());
        Assert.Equal([2, 5, 4], batch.OneHot([.. Set.Species]).shape);
        Assert.Equal(9, batch.OneHot([.. Set.Species]).sum().item<long>());
        var targets = MoleculeBatches.Targets(Set, [0, 1], Set.TargetIndex("alpha"), dtype);
        Assert.Equal(13.21, targets[0].to(ScalarType.Float64).item<double>(), 5);
    }

    [Fact]
    public void Forces_Batch_HasThePositionsShape()
    {
        using var scope = NewDisposeScope();
        var frames = Md17.Read(Path.Combine(MoleculeSamples.Root, "md17", "ethanol_dft.npz"));
        Assert.Equal([3, 9, 3], MoleculeBatches.Forces(frames, [5, 7, 11]).shape);
        Assert.Throws<InvalidOperationException>(() => MoleculeBatches.Forces(Set, [0]));
        Assert.Throws<ArgumentException>(() => MoleculeBatches.Make(Set, []));
    }
}
