using LieConv.Serialization;
using LieConv.Tests.Support;

namespace LieConv.Tests.Serialization;

public sealed class AtomicFileTests
{
    [Fact]
    public void Write_NewFile_HasTheContentAndNothingElseIsLeft()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder.File("a.bin"), stream => stream.Write([1, 2, 3]));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder.File("a.bin")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(11)]
    public void Write_DiskFills_KeepsTheOldFileAndSaysSo(int capacity)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.bin");
        AtomicFile.Write(path, stream => stream.Write([9]));
        var failure = Assert.Throws<IOException>(() => AtomicFile.Write(
            path, stream => stream.Write(new byte[12]), temporary => new FullDiskStream(File.Create(temporary), capacity)));
        Assert.Equal($"Cannot write '{path}': No space left on device; nothing that was there has changed.", failure.Message);
        Assert.Equal([9], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Write_MissingFolder_IsOneSentence()
    {
        using var folder = new TemporaryFolder();
        var failure = Assert.Throws<IOException>(() => AtomicFile.Write(folder.File("no/such/a.bin"), _ => { }));
        Assert.Equal(
            $"Cannot write '{folder.File("no/such/a.bin")}': its folder does not exist; nothing that was there has changed.",
            failure.Message);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Write_SystemNamesTheTemporaryFile_TheSentenceDoesNot()
    {
        using var folder = new TemporaryFolder();
        var failure = Assert.Throws<IOException>(() => AtomicFile.Write(
            folder.File("a"), _ => { }, path => throw new IOException($"No space left on device : '{path}'")));
        Assert.Equal(
            $"Cannot write '{folder.File("a")}': No space left on device; nothing that was there has changed.", failure.Message);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Write_LeftoverOfADeadProcess_IsClearedAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        var dead = folder.File($"a.bin.{Guid.NewGuid():N}.tmp");
        string[] others =
        [
            folder.File("a.bin.tmp"), folder.File("a.bin.backup.tmp"), folder.File($"b.bin.{Guid.NewGuid():N}.tmp"),
            folder.File($"a.bin.{Guid.NewGuid():N}"),
        ];
        foreach (var file in others.Append(dead)) File.WriteAllText(file, "x");
        AtomicFile.Write(folder.File("a.bin"), stream => stream.Write([1]));
        Assert.False(File.Exists(dead));
        Assert.All(others, file => Assert.True(File.Exists(file), file));
        Assert.Equal(1, AtomicFile.RemoveLeftovers(folder.Path));
        Assert.False(File.Exists(others[2]));
        Assert.Equal(4, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Write_WhileAnotherWritesTheSame_LeavesItsTemporaryFile()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a");
        AtomicFile.Write(path, stream =>
        {
            AtomicFile.Write(path, other => other.Write([2]));
            Assert.Equal(0, AtomicFile.RemoveLeftovers(folder.Path));
            stream.Write([1]);
        });
        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_ContentFails_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => AtomicFile.Write(folder.File("a"), _ => throw new ArgumentException("x")));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
