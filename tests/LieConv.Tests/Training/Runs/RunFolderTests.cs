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

    [Fact]
    public void Discard_NewFolder_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        RunFolder.Create(folder.File("run")).Discard();
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
