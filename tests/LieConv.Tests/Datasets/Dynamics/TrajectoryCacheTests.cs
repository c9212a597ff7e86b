using LieConv.Datasets.Dynamics;
using LieConv.Tests.Support;

namespace LieConv.Tests.Datasets.Dynamics;

[NoTensorLeaks]
public sealed class TrajectoryCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _log = [];

    private DynamicsDataOptions Options => SmallData.In(_folder);

    private string CacheFile => new TrajectoryCache(Options).FilePath;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_SecondTime_ReadsTheSameBytes()
    {
        using var made = DynamicsData.Load(Options, _log.Add);
        var written = File.GetLastWriteTimeUtc(CacheFile);
        using var read = DynamicsData.Load(Options, _log.Add);
        Assert.Equal(made.Train.Numbers(), read.Train.Numbers());
        Assert.Equal(made.Rollouts.Numbers(), read.Rollouts.Numbers());
        Assert.Equal(written, File.GetLastWriteTimeUtc(CacheFile));
        Assert.Contains(_log, line => line.StartsWith("Reading", StringComparison.Ordinal));
        Assert.Matches(@"dynamics/springs-[0-9a-f]{16}\.safetensors$", CacheFile.Replace('\\', '/'));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("empty")]
    public void Load_DamagedFile_IsNoticedAndMadeAgain(string damage)
    {
        using var made = DynamicsData.Load(Options);
        var bytes = File.ReadAllBytes(CacheFile);
        bytes[^9] ^= 1;
        File.WriteAllBytes(CacheFile, damage switch { "cut" => bytes[..^5], "empty" => [], _ => bytes });
        using var again = DynamicsData.Load(Options, _log.Add);
        Assert.Equal(made.Test.Numbers(), again.Test.Numbers());
        Assert.Single(_log, line => line.Contains("Making the data again", StringComparison.Ordinal)
            && line.Contains(CacheFile, StringComparison.Ordinal));
        using var read = DynamicsData.Load(Options, _log.Add);
        Assert.StartsWith("Reading", _log[^2], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Load_FolderThatCannotBeWritten_GoesOnWithout()
    {
        var file = _folder.At("a file");
        File.WriteAllText(file, "");
        using var made = DynamicsData.Load(Options with { DataRoot = file }, _log.Add);
        Assert.Equal(12, made.Train.Count);
        Assert.Single(_log, line => line.StartsWith("The data cannot be kept for the next run", StringComparison.Ordinal));
    }

    [Fact]
    public void FilePath_OptionsThatChangeTheData_ChangeIt()
    {
        Assert.NotEqual(CacheFile, new TrajectoryCache(Options with { Paper = true }).FilePath);
        Assert.NotEqual(CacheFile, new TrajectoryCache(Options with { TimeStep = 0.02 }).FilePath);
        Assert.Equal(CacheFile, new TrajectoryCache(Options with { Points = 23 }).FilePath);
    }
}
