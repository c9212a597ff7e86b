using System.Text;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

/// <summary>lieconv predict on molecules whose files declare something, or are hostile.</summary>
[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class PredictMoleculesTests : IClassFixture<PredictMoleculesTests.TrainedRun>, IDisposable
{
    private const string Atoms = "O 0 0 0.1173\nH 0 0.7572 -0.4692\nH 0 -0.7572 -0.4692\n";
    private const string Plain = "3\nwater\n" + Atoms;
    private readonly TrainedRun _run;
    private readonly TemporaryFolder _folder = new();

    public PredictMoleculesTests(TrainedRun run)
    {
        _run = run;
        Add("plain.xyz", Plain);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Predict_DeclaredColumnsAndMarksAndIsotopes_GiveThePredictionOfThePlainFile()
    {
        Add("order.xyz", "3\nProperties=id:I:1:forces:R:3:pos:R:3:species:S:1\n" +
            "1 1 2 3 0 0 0.1173 O\n2 1 2 3 0 0.7572 -0.4692 H\n3 1 2 3 0 -0.7572 -0.4692 H\n");
        Add("deuterium.xyz", Plain.Replace("H", "D", StringComparison.Ordinal));
        File.WriteAllText(At("mark.xyz"), Plain, new UTF8Encoding(true));
        File.WriteAllText(At("wide.extxyz"), Plain, Encoding.Unicode);
        using (var gzip = new System.IO.Compression.GZipStream(
            File.Create(At("packed.XYZ.gz")), System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(Plain));
        var result = Predict(_folder.Path);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var lines = result.Output.Trim().Split('\n')[1..];
        Assert.Equal(6, lines.Length);
        Assert.Single(lines.Select(line => line.Split(',')[3]).Distinct());
    }

    [Fact]
    public void Predict_WhatTheNetworkDoesNotSee_IsSaid()
    {
        Add("periodic.xyz", "3\nLattice=\"8 0 0 0 8 0 0 0 8\" Properties=species:S:1:pos:R:3 pbc=\"T T T\"\n" + Atoms);
        Add("charged.xyz", "3\ncharge=-1\n" + Atoms);
        var result = Predict(_folder.Path);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            $"{At("charged.xyz")}: molecule 1: net charge -1, the network learnt neutral molecules.\n" +
            $"{At("periodic.xyz")}: molecule 1: periodic, predicted as isolated.\n", result.Error);
        Assert.Equal(4, result.Output.Trim().Split('\n').Length);
    }

    [Fact]
    public void Predict_OneBadFrame_CostsItself()
    {
        Add("frames.xyz", Plain + Plain.Replace("O", "Se", StringComparison.Ordinal) + Plain + "3\nbad\nO 0\n" + Plain +
            "2\nclash\nO 0 0 0\nH 0 0 0\n");
        var result = Predict(At("frames.xyz"));
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(["1", "3", "5"], result.Output.Trim().Split('\n')[1..].Select(line => line.Split(',')[1]));
        var lines = result.Error.Trim().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, line => line.Contains("molecule 2 has an atom of nuclear charge 34 (Se)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("line 18: expected an element", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("molecule 6 has atoms 1 (O) and 2 (H) 0 Angstrom apart", StringComparison.Ordinal));
    }

    [Fact]
    public void Predict_FilesThatAreNoMolecules_AreNamed()
    {
        Add("notes.txt", "text");
        Add("water.pdb", "text");
        Directory.CreateDirectory(At("inner.xyz"));
        var result = Predict(_folder.Path);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Passed over, as expected are .xyz, ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(": inner.xyz, notes.txt, water.pdb.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_EscapeSequences_DoNotReachTheTerminal()
    {
        const string escape = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e";
        Add($"{escape}\n.xyz", Plain);
        Add($"{escape}.txt", "");
        Add("species.xyz", $"1\n{escape}\n{escape} 0 0 0\n");
        Add("properties.xyz", $"1\nProperties={escape}\nO 0 0 0\n");
        Add("d.sdf", $"{escape}\n\n\n{escape}\n");
        var table = Path.Combine(_folder.Path, "out.csv");
        foreach (var result in new[] { Predict(_folder.Path), Predict(_folder.Path, "--out", table), Predict(At(escape)) })
        {
            Assert.Equal(2, result.ExitCode);
            foreach (var text in new[] { result.Output, result.Error })
                Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n' || c == '\u202e');
            Assert.DoesNotContain("\n.xyz", result.Error + result.Output, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(File.ReadAllText(table), c => char.IsControl(c) && c != '\n');
        Assert.Contains("\\u001b[2J", File.ReadAllText(table), StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_FramesOfOneMolecule_ManyNotesAreOneLine()
    {
        var frame = "3\npbc=\"T T T\"\n" + Atoms;
        Add("frames.xyz", string.Concat(Enumerable.Repeat(frame, 300)) + Plain + frame);
        var result = Predict(At("frames.xyz"));
        Assert.Equal($"{At("frames.xyz")}: molecules 1-300, 302: periodic, predicted as isolated.\n", result.Error);
        Assert.Equal(303, result.Output.Trim().Split('\n').Length);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private void Add(string name, string text) => File.WriteAllText(At(name), text);

    private CliRunner Predict(string path, params string[] more) =>
        CliRunner.Run(["predict", _run.Path, "--molecules", path, .. more]);

    /// <summary>A run that trains in a moment.</summary>
    public sealed class TrainedRun : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public TrainedRun()
        {
            var before = Environment.GetEnvironmentVariable("LIECONV_DATA");
            Environment.SetEnvironmentVariable("LIECONV_DATA", _folder.File("data"));
            var result = CliRunner.Run(
                "train", "qm9", "--train", "40", "--validation", "10", "--test", "10", "--epochs", "1", "--batch", "20",
                "--set", "model.channels=8", "--set", "model.layers=1", "--out", Path);
            Environment.SetEnvironmentVariable("LIECONV_DATA", before);
            Assert.True(result.ExitCode == 0, result.Error);
        }

        public string Path => _folder.File("run");

        public void Dispose() => _folder.Dispose();
    }
}
