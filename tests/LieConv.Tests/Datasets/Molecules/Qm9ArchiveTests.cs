using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Molecules;

[Trait("Category", "Faults")]
public sealed class Qm9ArchiveTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Read_UnorderedArchiveOfSeveralStreams_IsOrdered(int streams)
    {
        using var folder = new TemporaryFolder();
        var path = MoleculeSamples.WriteArchive(
            folder.At("a.tar.bz2"), new[] { 30, 7, 19 }.Select(MoleculeSamples.Renamed), streams);
        Assert.Equal([7, 19, 30], Qm9Archive.Read(path).Ids);
    }

    [Fact]
    public void Read_PlainTar_GivesTheSameAsTheFolder()
    {
        using var folder = new TemporaryFolder();
        var entries = Directory.GetFiles(MoleculeSamples.Qm9).Select(file => ("x/" + Path.GetFileName(file), File.ReadAllText(file)));
        File.WriteAllBytes(folder.At("a.tar"), MoleculeSamples.Tar(entries));
        var (one, other) = (Qm9Archive.Read(folder.At("a.tar")), Qm9Archive.Read(MoleculeSamples.Qm9));
        Assert.Equal(other.Positions, one.Positions);
        Assert.Equal(other.Targets, one.Targets);
    }

    [Fact]
    public void Read_MoleculeTwice_SaysWhich()
    {
        var message = Fault([MoleculeSamples.Renamed(5), MoleculeSamples.Renamed(6), MoleculeSamples.Renamed(5)]);
        Assert.EndsWith("dsgdb9nsd_000005.xyz: molecule 5 is there twice; expected once.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("readme.txt")]
    [InlineData("dsgdb9nsd_00000a.xyz")]
    [InlineData("dsgdb9nsd_133886.xyz")]
    public void Read_FileThatDoesNotBelongThere_SaysWhich(string name) =>
        Assert.Contains($"{name}: does not belong there", Fault([MoleculeSamples.Renamed(5), (name, "x")]), StringComparison.Ordinal);

    [Fact]
    public void Read_IndexThatIsNotTheNames_SaysBoth() => Assert.EndsWith(
        "dsgdb9nsd_000009.xyz, line 2: expected the index 9 of its name, not 1.",
        Fault([("dsgdb9nsd_000009.xyz", MoleculeSamples.Text(1))]), StringComparison.Ordinal);

    [Fact]
    public void Read_TruncatedArchive_SaysAfterWhichEntry()
    {
        using var folder = new TemporaryFolder();
        var path = MoleculeSamples.WriteArchive(folder.At("a.tar.bz2"), Enumerable.Range(1, 40).Select(MoleculeSamples.Renamed));
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length * 2 / 3)]);
        var error = Assert.Throws<InvalidDataException>(() => Qm9Archive.Read(path));
        Assert.Contains("a.tar.bz2: the archive is damaged at", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ArchiveWithAChangedByte_IsRefusedOrReadsTheSame()
    {
        using var folder = new TemporaryFolder();
        var path = MoleculeSamples.WriteArchive(folder.At("a.tar.bz2"), Enumerable.Range(1, 40).Select(MoleculeSamples.Renamed));
        var bytes = File.ReadAllBytes(path);
        var whole = Qm9Archive.Read(path);
        var (changes, refused) = (0, 0);
        for (var place = 10; place < bytes.Length; place += 37, changes++)
        {
            var changed = (byte[])bytes.Clone();
            changed[place] ^= 0x10;
            File.WriteAllBytes(path, changed);
            try
            {
                // Some bits of a block, such as the code lengths of unused tables, are read and mean nothing.
                Assert.Equal(whole.Positions, Qm9Archive.Read(path).Positions);
            }
            catch (InvalidDataException damage)
            {
                Assert.Contains("a.tar.bz2", damage.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.True(refused > 0.9 * changes, $"{refused} of {changes}");
    }

    [Fact]
    public void Read_TruncatedTar_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var bytes = MoleculeSamples.Tar(Enumerable.Range(1, 3).Select(MoleculeSamples.Renamed));
        File.WriteAllBytes(folder.At("a.tar"), bytes[..700]);
        Assert.Contains("a.tar", Assert.Throws<InvalidDataException>(
            () => Qm9Archive.Read(folder.At("a.tar"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyFileOrFolder_SaysWhatIsExpected()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("a.tar.bz2"), []);
        Assert.Contains("is no archive", Assert.Throws<InvalidDataException>(
            () => Qm9Archive.Read(folder.At("a.tar.bz2"))).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder.At("b"));
        Assert.Contains("is empty; expected files dsgdb9nsd_NNNNNN.xyz", Assert.Throws<InvalidDataException>(
            () => Qm9Archive.Read(folder.At("b"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5\n", "4\n", "line 7: expected the vibrational frequencies, not 'H")]
    [InlineData("5\n", "6\n", "line 8: expected an element of H, C, N, O, F, three coordinates and a partial charge, not '1341")]
    [InlineData("5\n", "x\n", "line 1: expected the number of atoms, 1 to 1000, not 'x'")]
    [InlineData("gdb 1\t", "gbd 1\t", "line 2: expected 'gdb', the molecule's index and 15 numbers, not 'gbd 1")]
    [InlineData("\t13.21\t", "\t13.2.1\t", "line 2: expected 'gdb', the molecule's index and 15 numbers, but number 5 is missing")]
    [InlineData("\t13.21\t", "\t", "but number 15 is missing or cannot be read")]
    [InlineData("C\t-0.01", "S\t-0.01", "line 3: expected an element of H, C, N, O, F")]
    [InlineData("-0.0126981359", "NaN", "line 3: expected an element")]
    [InlineData("1341.307\t", "frequency\t", "line 8: expected the vibrational frequencies, not 'frequency")]
    [InlineData("InChI=1S/CH4/h1H4\tInChI=1S/CH4/h1H4\n", "", "line 10: expected two InChIs, but the text ends here")]
    public void Read_DamagedFile_SaysLineAndExpectation(string good, string bad, string message)
    {
        var text = MoleculeSamples.Text(1);
        Assert.Contains(good, text, StringComparison.Ordinal);
        var place = text.IndexOf(good, StringComparison.Ordinal);
        var damaged = text[..place] + bad + text[(place + good.Length)..];
        var fault = Fault([("dsgdb9nsd_000001.xyz", damaged)]);
        Assert.Contains("a.tar.bz2, dsgdb9nsd_000001.xyz, line ", fault, StringComparison.Ordinal);
        Assert.Contains(message, fault, StringComparison.Ordinal);
    }

    private static string Fault(IEnumerable<(string, string)> entries)
    {
        using var folder = new TemporaryFolder();
        var path = MoleculeSamples.WriteArchive(folder.At("a.tar.bz2"), entries);
        return Assert.Throws<InvalidDataException>(() => Qm9Archive.Read(path)).Message;
    }
}
