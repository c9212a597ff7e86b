using LieConv.Tests.Support;
using static LieConv.Build.OperandLifetimes;

namespace LieConv.Tests.Docs;

/// <summary>The programs of samples/ run and print what the laws that they are about say.</summary>
[Collection("Serial")]
public sealed class SampleTests
{
    private static readonly string[] Names = ["OwnEnergy", "OwnMatrixGroup", "OwnPoints"];

    /// <summary>Motions of the plane change nothing under SO2 about the mean but rounding in float32.</summary>
    [Fact]
    public async Task OwnPoints_Run_MotionsChangeNoAnswerUnderTheGroupOnly()
    {
        var run = await SampleRun.Of("OwnPoints");
        var (own, control) = (run.Numbers("SO2 "), run.Numbers("Trivial2 "));    // upright, turned, answers, scores
        Assert.True(own[0] > 80, $"{own[0]} % of seven classes");
        Assert.Equal((own[0], 0), (own[1], own[2]));
        Assert.InRange(own[3], 0, 1e-4);
        Assert.True(control[0] > 80, $"{control[0]} % of seven classes");
        Assert.True(control[1] < control[0] - 20 && control[2] > 20 && control[3] > 1e-2, string.Join(' ', control));
    }

    /// <summary>A group that its generators define keeps all laws, and its network is invariant to rounding.</summary>
    [Fact]
    public async Task OwnMatrixGroup_Run_LawsHoldAndOwnMotionsAloneChangeNothing()
    {
        var run = await SampleRun.Of("OwnMatrixGroup");
        var (laws, broken) = (run.Numbers("Heat: "), run.Numbers("Wrong: "));
        Assert.Equal([2, 0], run.Numbers("A tangent of Heat has"));
        Assert.Equal(laws[1], laws[0]);
        Assert.Equal(laws[1], broken[1]);
        Assert.True(broken[0] < broken[1] && broken[2] > 0, string.Join(' ', broken));
        var (own, control) = (run.Numbers("Network moved by Heat:"), run.Numbers("Network moved by scalings (r x, r t):"));
        Assert.InRange(own[0], 0, 1e-11);
        Assert.True(control[0] > 1e6 * own[0], $"{control[0]} against {own[0]}");
    }

    /// <summary>The energy's error falls with the order of a symplectic solver, pair forces keep both momenta to rounding,
    /// and weight changes the linear one by its impulse, m g n t.</summary>
    [Fact]
    public async Task OwnEnergy_Run_OrdersAndMomentaAreThoseOfTheLaws()
    {
        const int order = 2, linear = 3, angular = 4;                            // after two drifts of energy
        var run = await SampleRun.Of("OwnEnergy");
        var (leapfrog, yoshida) = (run.Numbers("Morse leapfrog"), run.Numbers("Morse yoshida4"));
        Assert.InRange(leapfrog[order], 1.9, 2.1);
        Assert.InRange(yoshida[order], 3.8, 4.2);
        foreach (var kept in new[] { leapfrog, yoshida })
            Assert.True(kept[linear] < 1e-12 && kept[angular] < 1e-12, string.Join(' ', kept));
        Assert.True(run.Numbers("Morse euler")[angular] > 1e-3);
        Assert.Equal(5.6, run.Numbers("weighted leapfrog")[linear], 0.05);
        Assert.EndsWith("0.1 x 7 x 8 = 5.6.", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_Folders_AreOneProjectAndOneFileEach()
    {
        var samples = Path.Combine(RepositoryFolder.Path, "samples");
        var solution = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "LieConv.slnx"));
        var page = File.ReadAllText(Path.Combine(samples, "README.md"));
        Assert.Equal(Names, Directory.GetDirectories(samples).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var name in Names)
        {
            var files = Directory.GetFiles(Path.Combine(samples, name)).Select(Path.GetFileName);
            Assert.Equal([$"{name}.csproj", "Program.cs"], files.Order(StringComparer.Ordinal));
            Assert.InRange(File.ReadLines(Path.Combine(samples, name, "Program.cs")).Count(), 50, 120);
            Assert.Contains($"samples/{name}/{name}.csproj", solution, StringComparison.Ordinal);
            Assert.Contains($"({name}/Program.cs)", page, StringComparison.Ordinal);
        }
    }

    /// <summary>Their output has TorchSharp with its operands kept alive, in a file of its own and no link: a link would
    /// be the package itself.</summary>
    [Fact]
    public void Samples_Output_HasTorchSharpCured()
    {
        foreach (var name in Names)
            Assert.Equal(
                Outcome.AlreadyKept,
                Inspect(File.ReadAllBytes(Path.Combine(SampleRun.Folder(name), "TorchSharp.dll"))));
    }
}
