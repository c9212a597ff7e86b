using System.IO.Compression;
using System.Security.Cryptography;
using LieConv.Datasets.Downloads;
using static LieConv.Tests.Datasets.Downloads.ScriptedServer;

namespace LieConv.Tests.Datasets.Downloads;

[Trait("Category", "Faults")]
public sealed class FileDownloaderTests : IDisposable
{
    private static readonly byte[] Content = Noise(200_000, 1);
    private static readonly byte[] Packed = Gzip(Content);
    private static readonly byte[] Wrong = Gzip(Noise(200_000, 2));

    private static readonly RemoteFile Wanted =
        new("digits.gz", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)));

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.At(Wanted.Name);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Download_GoodServer_StoresTheFileAndReportsProgress()
    {
        await using var server = new ScriptedServer(Serve(Packed));
        var progress = new Recorder();
        Assert.True(await DownloadAsync(progress, server));
        Assert.Equal(Packed, await File.ReadAllBytesAsync(Target, Cancel));
        Assert.Equal(new DownloadProgress(Wanted.Name, server.Address, Packed.Length, Packed.Length), progress.Last);
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
        Assert.False(await DownloadAsync(null, server));
        Assert.Single(server.Starts);
    }

    [Fact]
    public async Task Download_OtherCompressionOfTheSameContent_IsAccepted()
    {
        await using var server = new ScriptedServer(Serve(Content));
        Assert.True(await DownloadAsync(null, server));
        Assert.Null(ContentCheck.Fault(Target, Wanted));
    }

    [Fact]
    public async Task Download_Truncated_ResumesWhereItBrokeOff()
    {
        await using var server = new ScriptedServer(Truncate(Packed, 70_000), Serve(Packed));
        await DownloadAsync(null, server);
        Assert.Equal([null, 70_000], server.Starts);
        Assert.Equal(Packed, await File.ReadAllBytesAsync(Target, Cancel));
    }

    [Fact]
    public async Task Download_PartOfAnEarlierRun_IsContinued()
    {
        await File.WriteAllBytesAsync(Target + ".part", Packed[..5000], Cancel);
        await using var server = new ScriptedServer(Serve(Packed));
        await DownloadAsync(null, server);
        Assert.Equal([5000], server.Starts);
    }

    [Fact]
    public async Task Download_RangeIgnored_StartsOver()
    {
        await using var server = new ScriptedServer(Truncate(Packed, 70_000), IgnoreRange(Packed));
        await DownloadAsync(null, server);
        Assert.Equal(Packed, await File.ReadAllBytesAsync(Target, Cancel));
    }

    [Fact]
    public async Task Download_PartOfAnotherFile_IsFetchedWhole()
    {
        await File.WriteAllBytesAsync(Target + ".part", Wrong[..5000], Cancel);
        await using var server = new ScriptedServer(Serve(Packed));
        await DownloadAsync(null, server);
        Assert.Equal([5000, null], server.Starts);
        Assert.Equal(Packed, await File.ReadAllBytesAsync(Target, Cancel));
    }

    [Fact]
    public async Task Download_RangeNotSatisfiable_StartsOver()
    {
        await File.WriteAllBytesAsync(Target + ".part", Noise(300_000, 3), Cancel);
        await using var server = new ScriptedServer(Status("416 Range Not Satisfiable"), Serve(Packed));
        await DownloadAsync(null, server);
        Assert.Equal([300_000, null], server.Starts);
    }

    [Fact]
    public async Task Download_Stalled_GivesUpAndResumes()
    {
        await using var server = new ScriptedServer(Stall(Packed, 1000), Serve(Packed));
        await DownloadAsync(null, server);
        Assert.Equal([null, 1000], server.Starts);
    }

    [Fact]
    public async Task Download_ServerErrorThatPasses_IsRetried()
    {
        await using var server = new ScriptedServer(Status("503 Service Unavailable"), Status("500 Broken"), Serve(Packed));
        Assert.True(await DownloadAsync(null, server));
        Assert.Equal(3, server.Starts.Count);
    }

    [Fact]
    public async Task Download_FirstMirrorBad_TakesTheNext()
    {
        await using var lacking = new ScriptedServer(Status("404 Not Found"));
        await using var wrong = new ScriptedServer(Serve(Wrong));
        await using var good = new ScriptedServer(Serve(Packed));
        Assert.True(await DownloadAsync(null, lacking, wrong, good));
        Assert.Equal((1, 1, 1), (lacking.Starts.Count, wrong.Starts.Count, good.Starts.Count));
    }

    [Fact]
    public async Task Download_NoMirrorGood_SaysWhatEachDid()
    {
        await using var lacking = new ScriptedServer(Status("404 Not Found"));
        await using var wrong = new ScriptedServer(Serve(Wrong));
        await using var stalling = new ScriptedServer(Stall(Packed, 0));
        await using var short_ = new ScriptedServer(Truncate(Packed, 10));
        var failure = await Assert.ThrowsAsync<DownloadException>(
            () => DownloadAsync(null, lacking, wrong, stalling, short_));
        Assert.Contains($"{lacking.Address} answered 404 Not Found (1 attempt)", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{wrong.Address} sent a wrong file: its SHA-256 is", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{stalling.Address} sent nothing for 30 s (3 attempts)", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{short_.Address} broke off the transfer (3 attempts)", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Download_WrongFileInPlace_IsReplaced()
    {
        await File.WriteAllBytesAsync(Target, Wrong, Cancel);
        await using var server = new ScriptedServer(Serve(Packed));
        Assert.True(await DownloadAsync(null, server));
        Assert.Null(ContentCheck.Fault(Target, Wanted));
    }

    [Fact]
    public async Task Download_Cancelled_KeepsThePart()
    {
        await using var server = new ScriptedServer(Stall(Packed, 1000));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var progress = new Recorder { OnReport = cancel.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DownloadAsync(progress, cancel.Token, server));
        Assert.Equal(1000, new FileInfo(Target + ".part").Length);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData(100_000, "ends after 100000 of 200000 bytes")]
    [InlineData(300_000, "longer than 200000 bytes")]
    public void Fault_WrongLength_SaysWhich(int length, string words)
    {
        File.WriteAllBytes(Target, Gzip(Noise(length, 1)));
        Assert.Contains(words, ContentCheck.Fault(Target, Wanted), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralErrors_ReturnsAll() => Assert.Equal(4, new DownloadOptions
    {
        Mirrors = [new Uri("ftp://host/"), new Uri("http://host/file")],
        Retries = -1,
        StallTimeout = TimeSpan.Zero,
    }.Validate().Count);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<bool> DownloadAsync(IProgress<DownloadProgress>? progress, params ScriptedServer[] servers) =>
        DownloadAsync(progress, Cancel, servers);

    private async Task<bool> DownloadAsync(
        IProgress<DownloadProgress>? progress, CancellationToken cancel, params ScriptedServer[] servers)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var options = new DownloadOptions { Mirrors = [.. servers.Select(server => server.Address)], Retries = 2 };
        return await new FileDownloader(client, options, new FastTime(speed: 60))
            .DownloadAsync(Wanted, _folder.Path, progress, cancel);
    }

    private static byte[] Noise(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(bytes);
        return stream.ToArray();
    }

    private sealed class Recorder : IProgress<DownloadProgress>
    {
        public DownloadProgress Last { get; private set; }

        public Action? OnReport { get; init; }

        public void Report(DownloadProgress value)
        {
            Last = value;
            OnReport?.Invoke();
        }
    }
}
