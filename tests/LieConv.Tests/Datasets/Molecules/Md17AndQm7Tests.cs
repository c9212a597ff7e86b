using System.IO.Compression;
using System.Text;
using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Molecules;

public sealed class Md17AndQm7Tests
{
    private static readonly string Ethanol = Path.Combine(MoleculeSamples.Root, "md17", "ethanol_dft.npz");

    [Fact]
    public void Read_FileWithFurtherTextArrays_GivesItsFrames()
    {
        Assert.Equal(Ethanol, Md17.Find(MoleculeSamples.Root, "ethanol"));
        var set = Md17.Read(Ethanol);
        Assert.Equal(200, set.Count);
        Assert.Equal([1, 6, 8], set.Species);
        Assert.Equal(9, set.AtomCount(199));
        Assert.All(Enumerable.Range(0, set.Count), i => Assert.InRange(set.Target(i, 0), -97300, -96900));
        // No outer force acts on the molecule: of forces up to 100 their sum leaves the noise of MD17.
        for (var i = 0; i < set.Count; i++)
            for (var axis = 0; axis < 3; axis++)
                Assert.Equal(0, Enumerable.Range(0, 9).Sum(atom => set.ForcesOf(i)[3 * atom + axis]), 0.5);
    }

    [Fact]
    public void Read_RevisedLayoutInSinglePrecision_GivesItsFrames()
    {
        using var folder = new TemporaryFolder();
        Write(folder.At("a.npz"), ("nuclear_charges", "|u1", "(2,)", [8, 1]), ("coords", "<f4", "(1, 2, 3)", Singles(6)),
            ("energies", "<f4", "(1,)", Singles(1)), ("forces", "<f4", "(1, 2, 3)", Singles(6)), ("old_indices", "<i8", "(1,)", new byte[8]));
        var set = Md17.Read(folder.At("a.npz"));
        Assert.Equal([0, 1, 2, 3, 4, 5], set.Positions);
        Assert.Equal([8, 1], set.Charges);
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("z", "|u1", "(3,)", 3, "positions have shape (1, 2, 3); expected (frames, 3, 3)")]
    [InlineData("z", "|u1", "(2, 1)", 2, "nuclear charges have shape (2, 1)")]
    [InlineData("E", "<f4", "(2,)", 8, "energies have shape (2)")]
    [InlineData("F", "<f4", "(2, 3)", 24, "forces have shape (2, 3)")]
    [InlineData("F", "<U3", "(1, 2, 3)", 72, "has elements of type '<U3'")]
    [InlineData("F", "<f4", "(1, 2, 3)", 20, "needs 24")]
    public void Read_ArraysThatDoNotFit_SaysWhich(string name, string type, string shape, int bytes, string message)
    {
        using var folder = new TemporaryFolder();
        (string Name, string, string, byte[])[] arrays =
        [
            ("z", "|u1", "(2,)", [8, 1]), ("R", "<f4", "(1, 2, 3)", Singles(6)), ("E", "<f4", "(1, 1)", Singles(1)),
            ("F", "<f4", "(1, 2, 3)", Singles(6)),
        ];
        arrays[Array.FindIndex(arrays, array => array.Name == name)] = (name, type, shape, [.. Enumerable.Repeat((byte)1, bytes)]);
        Write(folder.At("a.npz"), arrays);
        var error = Assert.Throws<InvalidDataException>(() => Md17.Read(folder.At("a.npz")));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder.At("a.npz"), error.Message, StringComparison.Ordinal);
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("R", 7, double.NaN, "array 'R' holds NaN in frame 2; expected finite numbers")]
    [InlineData("F", 12, double.NegativeInfinity, "array 'F' holds -Infinity in frame 3; expected finite numbers")]
    [InlineData("E", 2, double.PositiveInfinity, "array 'E' holds Infinity in frame 3; expected finite numbers")]
    [InlineData("frame", 1, 0.0, "array 'F' is 0 at every atom of frame 2; expected the forces on the atoms")]
    [InlineData("all", 0, 0.0, "array 'F' is 0 in every frame; expected the forces on the atoms")]
    public void Read_NumbersThatMeanNothing_NamesArrayAndFrame(string array, int place, double value, string message)
    {
        using var folder = new TemporaryFolder();
        var (positions, energies, forces) = (Doubles(18), Doubles(3), Doubles(18));
        switch (array)
        {
            case "R": positions[place] = value; break;
            case "E": energies[place] = value; break;
            case "F": forces[place] = value; break;
            case "frame": forces.AsSpan(6 * place, 6).Clear(); break;
            default: Array.Clear(forces); break;
        }
        Write(
            folder.At("a.npz"), ("z", "|u1", "(2,)", [8, 1]), ("R", "<f8", "(3, 2, 3)", Bytes(positions)),
            ("E", "<f8", "(3, 1)", Bytes(energies)), ("F", "<f8", "(3, 2, 3)", Bytes(forces)));
        Assert.Equal($"{folder.At("a.npz")}: {message}.", Fault(folder.At("a.npz")));
    }

    [Fact, Trait("Category", "Faults")]
    public void Read_DamagedOrOtherFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Write(folder.At("a.npz"), ("z", "|u1", "(1,)", [1]));
        Assert.Contains("has no array 'R' or 'coords'; it has z", Fault(folder.At("a.npz")), StringComparison.Ordinal);
        File.WriteAllText(folder.At("a.npz"), "text");
        Assert.Contains("is no .npz archive", Fault(folder.At("a.npz")), StringComparison.Ordinal);
        File.WriteAllBytes(folder.At("a.npz"), File.ReadAllBytes(Ethanol)[..50_000]);
        Assert.Contains("a.npz", Fault(folder.At("a.npz")), StringComparison.Ordinal);
    }

    [Fact]
    public void LoadQm7_Elements_LeavesOutMoleculesWithOthers()
    {
        var all = Qm7.Load(MoleculeSamples.Root);
        Assert.Equal(14, all.Count);
        Assert.Contains((byte)16, all.Species);
        Assert.Equal(-417.031, all.Target(0, 0));
        Assert.Equal([6, 1, 1, 1, 1], all.ChargesOf(0).ToArray());
        var kept = Qm7.Load(MoleculeSamples.Root, [1, 6, 7, 8, 9]);
        Assert.Equal(12, kept.Count);
    }

    [Fact, Trait("Category", "Faults")]
    public void ReadQm7_MoleculeWithoutEnergyAndEnergyWithoutMolecule_AreNamed()
    {
        using var folder = new TemporaryFolder();
        var archive = Path.Combine(MoleculeSamples.Root, "qm7", "qm7_xyz.tar.bz2");
        var energies = File.ReadAllLines(Path.Combine(MoleculeSamples.Root, "qm7", "hof_qm7.txt"));
        File.WriteAllLines(folder.At("e.txt"), energies[1..]);
        Assert.Contains("0001.xyz: has no energy", Assert.Throws<InvalidDataException>(
            () => Qm7.Read(archive, folder.At("e.txt"))).Message, StringComparison.Ordinal);
        File.WriteAllLines(folder.At("e.txt"), [.. energies, "9999.xyz -3"]);
        Assert.Contains("holds 14 molecules; expected the 15", Assert.Throws<InvalidDataException>(
            () => Qm7.Read(archive, folder.At("e.txt"))).Message, StringComparison.Ordinal);
        Assert.Contains("holds no QM7", Assert.Throws<InvalidDataException>(
            () => Qm7.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    /// <summary>Files are called in several ways; the data folder itself holds other files, too.</summary>
    [Fact]
    public void FindAll_FilesOfMolecules_AreNamedAsFindTakesThem()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(Md17.FindAll(folder.At("none")));
        foreach (var file in new[]
                 {
                     "md17/uracil.npz", "md17/md17_aspirin.npz", "md17/benzene_old_dft.npz", "md17/mine.npz",
                     "md17/notes.txt", "md17/md17_layout/ethanol_dft.npz", "rmd17/rmd17_toluene.npz", "rmd17_uracil.npz",
                     "weights.npz",
                 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.At(file))!);
            File.WriteAllText(folder.At(file), "");
        }
        string[] expected = ["aspirin", "benzene", "ethanol", "mine", "toluene", "uracil"];
        Assert.Equal(expected, Md17.FindAll(folder.At(".")));
        Assert.All(expected, molecule => Assert.NotNull(Md17.Find(folder.At("."), molecule)));
    }

    [Theory]
    [InlineData("ethanol", false, "has no molecule of MD17; expected the file of ethanol, {root}/md17/md17_ethanol.npz.")]
    [InlineData("water", false, "There is no molecule 'water' in MD17, nor in the data folder '{root}'; expected one of " +
        "aspirin, azobenzene, benzene, ethanol, malonaldehyde, naphthalene, paracetamol, salicylic, toluene, uracil, as " +
        "{root}/md17/md17_NAME.npz.")]
    [InlineData("water", true, "The data folder '{root}' has no molecule 'water' of MD17; expected one of those that it " +
        "has: ethanol, uracil.")]
    [InlineData("../etc\n", true, "has no molecule '../etc")]
    public void Load_MoleculeThatIsNotThere_ListsThoseThatAre(string molecule, bool some, string expected)
    {
        using var folder = new TemporaryFolder();
        var root = folder.At("data");
        Directory.CreateDirectory(Path.Combine(root, "md17"));
        foreach (var name in some ? ["uracil", "md17_ethanol"] : Array.Empty<string>())
            File.WriteAllText(Path.Combine(root, "md17", name + ".npz"), "");
        var message = Assert.Throws<InvalidDataException>(() => MoleculeSource.Load(
            new MoleculeDataOptions { Source = "md17", Molecule = molecule, DataRoot = root, TrainCount = 1 },
            _ => { })).Message;
        Assert.Contains(expected.Replace("{root}", root, StringComparison.Ordinal), message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static string Fault(string path) => Assert.Throws<InvalidDataException>(() => Md17.Read(path)).Message;

    private static double[] Doubles(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];

    private static byte[] Bytes(double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Singles(int count) => [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((float)i))];

    private static void Write(string path, params (string Name, string Type, string Shape, byte[] Data)[] arrays)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, type, shape, data) in arrays)
        {
            var header = Encoding.Latin1.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n");
            using var stream = zip.CreateEntry(name + ".npy").Open();
            stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. header, .. data]);
        }
    }
}
