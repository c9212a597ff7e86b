using LieConv.Tests.Support;
using LieConv.Training.Learning;

namespace LieConv.Tests.Training;

[Trait("Category", "Faults")]
public sealed class MetricsLogTests
{
    [Theory]
    [InlineData("{\"epoch\":2,\"st")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"metrics\":null}")]
    [InlineData("{\"epoch\":\"two\"}")]
    [InlineData("\0\0\0\0")]
    public void TruncateAfter_OneLineIsDamaged_SetsItAsideAsItStands(string damaged)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl");
        var log = new MetricsLog(path);
        log.Append(new EpochReport { Epoch = 1, Step = 5 });
        File.AppendAllText(path, damaged + "\n");
        log.Append(new EpochReport { Epoch = 3, Step = 15 });
        File.AppendAllText(path, "{\"epo"); // unfinished: a crash leaves it, and it is made again
        Assert.Equal([1L, 3L], log.Read().Select(line => line.Epoch));
        Assert.Equal(1, log.TruncateAfter(15));
        Assert.Equal(damaged + "\n", File.ReadAllText(folder.File("metrics.aside.jsonl")));
        Assert.Equal([1L, 3L], log.Read().Select(line => line.Epoch));
        Assert.Equal(0, log.TruncateAfter(15));
        Assert.Equal(2, File.ReadAllLines(path).Length);
    }
}
