using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Molecules;

public sealed class MoleculeCacheTests
{
    [Fact]
    public void TryRead_WhatWasWritten_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        var set = Md17.Read(Path.Combine(MoleculeSamples.Root, "md17", "ethanol_dft.npz"));
        MoleculeCache.Write(folder.At("c"), "key", set);
        var read = MoleculeCache.TryRead(folder.At("c"), "key")!;
        Assert.Equal(set.Offsets, read.Offsets);
        Assert.Equal(set.Charges, read.Charges);
        Assert.Equal(set.Positions, read.Positions);
        Assert.Equal(set.Forces, read.Forces);
        Assert.Equal(set.TargetNames, read.TargetNames);
        Assert.Equal(set.Targets, read.Targets);
        Assert.Equal(set.Ids, read.Ids);
        Assert.Null(MoleculeCache.TryRead(folder.At("c"), "other key"));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact, Trait("Category", "Faults")]
    public void TryRead_AnyByteChangedOrCutOff_IsRefused()
    {
        using var folder = new TemporaryFolder();
        MoleculeCache.Write(folder.At("c"), "key", Qm9Archive.Read(MoleculeSamples.Qm9));
        var bytes = File.ReadAllBytes(folder.At("c"));
        for (var place = 0; place < bytes.Length; place += place < 120 ? 1 : 41)
        {
            var changed = (byte[])bytes.Clone();
            changed[place] ^= 0x81;
            RefusedOrOther(folder.At("c"), changed);
            RefusedOrOther(folder.At("c"), bytes[..place]);
        }

        RefusedOrOther(folder.At("c"), [.. bytes, 0]);
    }

    [Fact, Trait("Category", "Faults")]
    public void Load_DamagedCache_ReadsTheSourceAgain()
    {
        using var folder = new TemporaryFolder();
        var archive = MoleculeSamples.WriteArchive(folder.At("qm9/dsgdb9nsd.xyz.tar.bz2"), [MoleculeSamples.Renamed(3)]);
        var options = new Qm9Options { DataRoot = folder.Path };
        var lines = new List<string>();
        Qm9.Load(options, lines.Add);
        Assert.Contains(lines, line => line.StartsWith("Reading ", StringComparison.Ordinal));
        lines.Clear();
        Assert.Equal([3], Qm9.Load(options, lines.Add).Set.Ids);
        Assert.Single(lines);
        File.WriteAllText(archive + ".cache", "damaged");
        Assert.Equal([3], Qm9.Load(options, lines.Add).Set.Ids);
        Assert.Contains(lines, line => line.Contains("Reading the source again", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ChangedSource_IsReadAgain()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("qm9/dsgdb9nsd.xyz.tar.bz2");
        MoleculeSamples.WriteArchive(path, [MoleculeSamples.Renamed(3)]);
        var options = new Qm9Options { DataRoot = folder.Path };
        Qm9.Load(options);
        MoleculeSamples.WriteArchive(path, [MoleculeSamples.Renamed(3), MoleculeSamples.Renamed(4)]);
        Assert.Equal([3, 4], Qm9.Load(options).Set.Ids);
    }

    // A change may also make it a cache of another version or source, which is none for this one.
    private static void RefusedOrOther(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        try
        {
            Assert.Null(MoleculeCache.TryRead(path, "key"));
        }
        catch (InvalidDataException error)
        {
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        }
    }
}
