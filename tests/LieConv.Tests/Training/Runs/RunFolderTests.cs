using LieConv.Tests.Support;
using LieConv.Training.Runs;

namespace LieConv.Tests.Training.Runs;

/// <summary>One run, one owner. Two locks of one process conflict as those of two processes do.</summary>
[Trait("Category", "Faults")]
public sealed class RunFolderTests
{
    [Fact]
    public void CreateNew_ThreeAtOnce_HaveAFolderEach()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("run");
        var runs = new RunFolder?[8];
        Parallel.For(0, runs.Length, i => runs[i] = RunFolder.CreateBeside(path));
        Assert.Equal(
            [path, .. Enumerable.Range(2, 7).Select(i => $"{path}-{i}")], runs.Select(run => run!.Path).Order(StringComparer.Ordinal));
        foreach (var run in runs) run!.Release();
    }

    [Fact]
    public void Create_SamePathAtOnce_OneHasIt()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("run");
        var refused = 0;
        var made = new RunFolder?[8];
        Parallel.For(0, made.Length, i =>
        {
            try
            {
                made[i] = RunFolder.Create(path);
            }
            catch (RunInUseException failure)
            {
                Assert.Equal(
                    $"'{path}' is being trained by another process; wait until it ends, or train in another folder.", failure.Message);
                Interlocked.Increment(ref refused);
            }
        });
        Assert.Equal(7, refused);
        Assert.Single(made, run => run is not null)!.Release();
    }

    [Fact]
    public void Claim_WhileAnotherTrains_IsRefusedAndThenIsNot()
    {
        using var folder = new TemporaryFolder();
        var first = RunFolder.Create(folder.File("run"));
        File.WriteAllText(first.Config, "{}");
        var second = RunFolder.Open(first.Path);
        Assert.Throws<RunInUseException>(second.Claim);
        Assert.Throws<RunInUseException>(second.CheckFree);
        Assert.Throws<RunInUseException>(() => RunFolder.Create(first.Path));
        first.Release();
        second.Claim();
        second.Release();
        Assert.StartsWith(
            $"'{first.Path}' exists already; ", Assert.Throws<ArgumentException>(() => RunFolder.Create(first.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_LockOfADeadProcess_IsTakenOver()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("run"));
        File.WriteAllText(folder.File("run/training.lock"), "");
        RunFolder.Create(folder.File("run")).Release();
    }

    [Fact]
    public void CheckThere_FolderIsReplaced_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A folder with an open file cannot be deleted there.");
        using var folder = new TemporaryFolder();
        var path = folder.File("run");
        using var own = RunFolder.Create(path).Own();
        own.CheckThere();
        File.SetLastWriteTimeUtc(Path.Combine(path, "training.lock"), DateTime.UnixEpoch); // as a backup may
        own.CheckThere();
        Directory.Delete(path, recursive: true);
        Assert.StartsWith($"The folder '{path}' was deleted or replaced", Assert.Throws<IOException>(own.CheckThere).Message, StringComparison.Ordinal);
        using var other = RunFolder.Create(path).Own();
        Assert.Throws<IOException>(own.CheckThere);
        other.CheckThere();
    }

    /// <summary>What was made for a run goes with it, however deep; what was there before, or was put in since,
    /// stays.</summary>
    [Theory]
    [InlineData("run", "")]
    [InlineData("runs/deep/run", "")]
    [InlineData("had/run", "had")]
    [InlineData("had", "had")]
    [InlineData("runs/run/", "")]
    public void Discard_NewFolder_LeavesWhatWasThere(string path, string left)
    {
        using var folder = new TemporaryFolder();
        if (left.Length > 0) Directory.CreateDirectory(folder.File(left));
        RunFolder.Create(folder.File(path)).Discard();
        Assert.Equal(left.Length > 0 ? [folder.File(left)] : Array.Empty<string>(), Entries(folder));
    }

    [Fact]
    public void Discard_BesideAnother_LeavesTheOther()
    {
        using var folder = new TemporaryFolder();
        var first = RunFolder.Create(folder.File("runs/first"));
        using var second = RunFolder.Create(folder.File("runs/second")).Own();
        first.Discard();
        Assert.Equal(
            [folder.File("runs"), folder.File("runs/second"), folder.File("runs/second/training.lock")], Entries(folder));
    }

    [Fact]
    public void Create_NameThatCannotBe_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var failure = Assert.Throws<IOException>(() => RunFolder.Create(folder.File("runs/" + new string('x', 300))));
        Assert.StartsWith("Cannot make the folder '", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Entries(folder));
    }

    /// <summary>Folders around runs come and go while others are made in them; each takes but its own away.</summary>
    [Fact]
    public void Discard_ManyAtOnce_LeaveNoRun()
    {
        using var folder = new TemporaryFolder();
        Parallel.For(0, 400, i => RunFolder.Create(folder.File($"a/b/{i}")).Discard());
        string[] around = [folder.File("a"), folder.File("a/b")];
        Assert.All(Entries(folder), left => Assert.Contains(left, around));
    }

    private static string[] Entries(TemporaryFolder folder)
    {
        var entries = Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories);
        Array.Sort(entries, StringComparer.Ordinal);
        return entries;
    }
}
