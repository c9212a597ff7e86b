using LieConv.Datasets.Basics;
using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Molecules;

public sealed class Qm9Tests
{
    [Fact]
    public void Load_FolderOfOriginalFiles_GivesTheirNumbersInUnits()
    {
        using var folder = new TemporaryFolder();
        var data = Qm9.Load(new Qm9Options { DataRoot = MoleculeSamples.Qm9, UseCache = false });
        Assert.Equal([1, 4, 10, 5000, 100001, 100004], data.Set.Ids);
        Assert.Equal([6, 1, 1, 1, 1], data.Set.ChargesOf(0).ToArray());
        Assert.Equal(-0.0126981359, data.Set.PositionsOf(0)[0]);
        Assert.Equal(-0.3877 * 27211.4, Target(data.Set, "homo"), 9);
        Assert.Equal((-40.47893 + 37.846772 + 4 * 0.500273) * 27211.4, Target(data.Set, "U0"), 6);
        Assert.Equal(6.469 - 5 * 2.981, Target(data.Set, "Cv"), 9);
        Assert.Equal(13.21, Target(data.Set, "alpha"));
        Assert.Equal(0.044749 * 27211.4, Target(data.Set, "zpve"), 9);
        Assert.Equal(3151.7078, Target(data.Set, "omega1"));
    }

    [Fact]
    public void ToFileUnit_AfterToUnit_GivesTheFilesValue()
    {
        var data = Qm9.Load(new Qm9Options { DataRoot = MoleculeSamples.Qm9, UseCache = false });
        var target = MoleculeTargets.TryFind("u0")!;
        var value = Thermochemistry.ToFileUnit(
            Target(data.Set, "U0"), target, data.Set.ChargesOf(0), data.References!);
        Assert.Equal(-40.47893, value, 9);
    }

    [Fact]
    public void Load_NoFolderNamedAndNoData_GivesTheSampleWithAllElementsInEachPart()
    {
        // The default folder of the test process may hold data; the sample is asked for through an empty one.
        using var archive = MoleculeResources.Open(MoleculeResources.Qm9Sample);
        using var memory = new MemoryStream(MoleculeResources.ReadAll(archive));
        var set = Qm9Archive.Read(memory, "sample");
        Assert.Equal(401, set.Count);
        Assert.Equal([1, 6, 7, 8, 9], set.Species);
        Assert.Empty(set.Ids.Intersect(Uncharacterized.Qm9));
        var splits = MoleculeSplits.Published(set);
        Assert.All([splits.Train, splits.Validation, splits.Test],
            part => Assert.Equal([1, 6, 7, 8, 9], set.Take(part).Species));
    }

    [Fact]
    public void Load_UncharacterizedMolecules_AreLeftOutUnlessAskedFor()
    {
        using var folder = new TemporaryFolder();
        MoleculeSamples.WriteArchive(folder.At("qm9/dsgdb9nsd.xyz.tar.bz2"), new[] { 57, 58, 61 }.Select(MoleculeSamples.Renamed));
        var options = new Qm9Options { DataRoot = folder.Path };
        Assert.Equal([57], Qm9.Load(options).Set.Ids);
        Assert.Equal([57, 58, 61], Qm9.Load(options with { DropUncharacterized = false }).Set.Ids);
        File.WriteAllText(folder.At("qm9/uncharacterized.txt"), "of 133885 molecules\n====\n# Index\n  57  C  C  C  1.5\n====\n");
        Assert.Equal([58, 61], Qm9.Load(options).Set.Ids);
    }

    [Fact]
    public void Uncharacterized_TheLibrarysCopy_HasThePublishedNumber()
    {
        Assert.Equal(3054, Uncharacterized.Qm9.Count);
        Assert.Equal([58, 61, 80], Uncharacterized.Qm9.Take(3));
        Assert.Equal(133866, Uncharacterized.Qm9[^1]);
    }

    [Fact]
    public void AtomReferences_TheLibrarysCopy_HasThePublishedValues()
    {
        Assert.Equal(-99.718730, AtomReferences.Qm9.SumOf([9], "U0"));
        Assert.Equal(3 * -0.510927 - 54.598897, AtomReferences.Qm9.SumOf([7, 1, 1, 1, 0], "g"), 12);
        Assert.Contains("nuclear charge 16", Assert.Throws<ArgumentException>(
            () => AtomReferences.Qm9.SumOf([16], "U0")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_OfThePaper_AreTwelve()
    {
        Assert.Equal(12, MoleculeTargets.Qm9.Count);
        Assert.Equal(["Cv", "G", "H", "U", "U0", "zpve"], MoleculeTargets.Qm9
            .Where(target => target.SubtractsFreeAtoms).Select(target => target.Name));
        Assert.Equal(["gap", "homo", "lumo", "mu"], MoleculeTargets.Qm9
            .Where(target => !target.IsExtensive).Select(target => target.Name));
    }

    private static double Target(MoleculeSet set, string name) => set.Target(0, set.TargetIndex(name));
}
