using System.CommandLine;
using System.IO.Compression;
using System.Text;
using LieConv.Cli.Doctor.Checks;
using LieConv.Cli.Doctor.Facts;
using LieConv.Datasets.Dynamics;
using LieConv.Tests.Cli;
using LieConv.Tests.Support;
using LieConv.Training.Book;

namespace LieConv.Tests.Datasets;

/// <summary>Every data set is listed, verified file by file, and seen by doctor.</summary>
[Collection("Serial")]
public sealed class DataSourceTests : IDisposable
{
    private readonly LieConv.Tests.Support.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_EmptyFolder_SaysOfEachWhatToDo()
    {
        var lines = Run("list").Output.Trim().Split('\n');
        Assert.Equal(
            ["mnist", "rotmnist", "rotmnist-sample", "qm9", "qm7", "md17", "modelnet40", "dynamics", "superpixels"],
            lines.Select(line => line.Split(' ')[0]));
        Assert.All(lines.Where(line => !line.StartsWith("rotmnist-sample", StringComparison.Ordinal)), line =>
            Assert.Contains("not found: ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mnist", 4), InlineData("rotmnist", 2), InlineData("qm9", 3), InlineData("qm7", 2), InlineData("md17", 1)]
    [InlineData("modelnet40", 1)]
    [Trait("Category", "Faults")]
    public void Verify_NothingThere_NamesEachFileAndFails(string name, int files)
    {
        var result = Run("verify", name);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(files, result.Output.Split(": is missing\n").Length - 1);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Verify_Qm7_ReadsBothFilesAndFindsDamageInEither()
    {
        var (energies, molecules) = (At("qm7", "hof_qm7.txt"), At("qm7", "qm7_xyz"));
        Write(energies, "0001.xyz -17.1\n0002.xyz -12.5\n");
        Write(Path.Combine(molecules, "0001.xyz"), "1\na\nC 0 0 0\n");
        Write(Path.Combine(molecules, "0002.xyz"), "2\nb\nH 0 0 0\nH 0 0 0.7\n");
        var result = Run("verify", "qm7");
        Assert.Equal(
            (0, $"{molecules}: right: 2 molecules, not the published 7,165\n{energies}: right: 2 energies\n"),
            (result.ExitCode, result.Output));
        Assert.Contains($"qm7              {At("qm7")}\n", Run("list").Output, StringComparison.Ordinal);

        Write(energies, "0001.xyz nan\n0002.xyz -12.5\n");
        result = Run("verify", "qm7");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{molecules}: right: 2 molecules", result.Output, StringComparison.Ordinal);
        Assert.Contains($"\n{energies}: line 1: expected a file name and an energy", result.Output, StringComparison.Ordinal);

        Write(energies, "0001.xyz -17.1\n");
        result = Run("verify", "qm7");
        Assert.Equal(
            (2, $"{molecules}: 0002.xyz: has no energy; expected a line with its name in {energies}\n{energies}: right: 1 energies\n"),
            (result.ExitCode, result.Output));

        File.Delete(energies);
        Assert.Contains($"qm7              {At("qm7")}, but it lacks hof_qm7.txt\n", Run("list").Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Verify_Md17_GivesEachFileALine()
    {
        Npz(At("md17", "a.npz"), 1);
        Npz(At("md17", "b.npz"), double.NaN);
        Write(At("md17", "c.npz"), "text");
        var result = Run("verify", "md17");
        Assert.Equal(2, result.ExitCode);
        var lines = result.Output.Trim().Split('\n');
        Assert.Equal($"{At("md17", "a.npz")}: right: 2 frames of 2 atoms", lines[0]);
        Assert.Equal($"{At("md17", "b.npz")}: array 'F' holds NaN in frame 1; expected finite numbers", lines[1]);
        Assert.StartsWith($"{At("md17", "c.npz")}: is no .npz archive: ", lines[2], StringComparison.Ordinal);
        Assert.StartsWith(
            $"md17             {At("md17")}, but {At("md17", "c.npz")}: is no .npz archive", Run("list").Output.Split('\n')
                .Single(line => line.StartsWith("md17", StringComparison.Ordinal)), StringComparison.Ordinal);
        var finding = new DataCheck().Examine(Facts());
        Assert.Equal(CheckStatus.Warn, finding.Status);
        Assert.Contains("c.npz: is no .npz archive", finding.Detail, StringComparison.Ordinal);
        File.Delete(At("md17", "c.npz"));
        Assert.EndsWith("holds MD17 (2 files)", new DataCheck().Examine(Facts()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Verify_RotMnist_ReadsEveryLine()
    {
        var line = string.Join(' ', Enumerable.Repeat("0.5", 784)) + " 3\n";
        var (train, test) = (
            At("rotmnist", "mnist_all_rotation_normalized_float_train_valid.amat"),
            At("rotmnist", "mnist_all_rotation_normalized_float_test.amat"));
        Write(train, line + line);
        Write(test, line + line[..^4] + " 13\n");
        var result = Run("verify", "rotmnist");
        Assert.Equal(
            (2, $"{train}: right: 2 images, not the official 12,000\n" +
                $"{test}: line 2, column 3136: the label must be a whole number from 0 to 9, not 13\n"),
            (result.ExitCode, result.Output));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Verify_Dynamics_ComparesTheChecksumOfWhatWasMade()
    {
        Assert.Equal((0, "dynamics: none made yet\n"), (Run("verify", "dynamics").ExitCode, Run("verify", "dynamics").Output));
        DynamicsData.Load(new DynamicsDataOptions
        {
            TrainCount = 3, ValidationCount = 0, TestCount = 2, Points = 6, DataRoot = _folder.Path,
        }).Dispose();
        var path = Assert.Single(Directory.GetFiles(At("dynamics")));
        var result = Run("verify", "dynamics");
        Assert.Equal((0, $"{path}: right: 2 rollouts, 2 test, 3 train\n"), (result.ExitCode, result.Output));
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        result = Run("verify", "dynamics");
        Assert.Equal(
            (2, $"{path}: its checksum is not that of its content; delete it, it is made again\n"),
            (result.ExitCode, result.Output));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Verify_Qm9_ReadsWhatIsNotThePublishedArchive()
    {
        File.Copy(
            Path.Combine(RepositoryFolder.Path, "src", "LieConv.Datasets", "Samples", "qm9-sample.tar.bz2"),
            Made(At("qm9", "qm9_original_files.xyz.tar.bz2")));
        var result = Run("verify", "qm9");
        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.Trim().Split('\n');
        Assert.EndsWith(", a part of the published 133,885", lines[0], StringComparison.Ordinal);
        Assert.Equal("atomref.txt: not there; the library's own copy is used", lines[1]);
        Write(At("qm9", "dsgdb9nsd.xyz.tar.bz2"), "cut short");
        Assert.StartsWith(
            $"{At("qm9", "dsgdb9nsd.xyz.tar.bz2")}: it ends after 9 of 86144227 bytes\n", Run("verify", "qm9").Output,
            StringComparison.Ordinal);
        Assert.Contains("dsgdb9nsd.xyz.tar.bz2: has 9 bytes, not 86144227", new DataCheck().Examine(Facts()).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qm7", "QM7 is not downloaded; put qm7_xyz.tar.bz2 and hof_qm7.txt into ")]
    [InlineData("md17", "MD17 is not downloaded; put NAME.npz of MD17 or rMD17 into ")]
    [Trait("Category", "Faults")]
    public void Fetch_WhatIsNotDownloaded_SaysWhatToDo(string name, string expected)
    {
        var result = Run("fetch", name);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_AbsentFolder_FindsNothingOfAnySet() =>
        Assert.All(new TaskBook(TaskBook.All).Data, source => Assert.Empty(source.Look(At("absent"))));

    private MachineFacts Facts() => new() { Data = DataFolderProbe.Look(_folder.Path, named: true) };

    private CliRunner Run(params string[] args) => CliRunner.Run(["data", .. args, "--data-root", _folder.Path]);

    private string At(params string[] names) => Path.Combine([_folder.Path, .. names]);

    private static string Made(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static void Write(string path, string text) => File.WriteAllText(Made(path), text);

    /// <summary>Two frames of two hydrogens, with one force as given.</summary>
    private static void Npz(string path, double force)
    {
        using var archive = ZipFile.Open(Made(path), ZipArchiveMode.Create);
        void Add(string name, string shape, params double[] values)
        {
            using var stream = archive.CreateEntry(name + ".npy").Open();
            var header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n";
            stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)]);
            foreach (var value in values) stream.Write(BitConverter.GetBytes(value));
        }
        Add("z", "(2,)", 1, 1);
        Add("R", "(2, 2, 3)", 0, 0, 0, 0, 0, 0.7, 0, 0, 0, 0, 0, 0.8);
        Add("E", "(2, 1)", -1, -2);
        Add("F", "(2, 2, 3)", 0, 0, force, 0, 0, -1, 0, 0, 1, 0, 0, -1);
    }
}
