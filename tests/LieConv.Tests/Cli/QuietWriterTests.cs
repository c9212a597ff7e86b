using LieConv.Cli;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class QuietWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _dataBefore = Environment.GetEnvironmentVariable("LIECONV_DATA");

    public QuietWriterTests() => Environment.SetEnvironmentVariable("LIECONV_DATA", _folder.File("no-data"));

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public void Train_DiskOfStandardErrorFills_TrainsToTheEnd(int capacity)
    {
        using var stream = new FullDiskStream(new MemoryStream(), capacity);
        using var error = new Unbuffered(stream);
        using var output = new StringWriter();
        var code = CommandLine.Run(
        [
            "train", "rotmnist", "--out", _folder.File("run"), "--train", "20", "--epochs", "2", "--set", "data.testCount=10",
            "--set", "model.channels=4", "--set", "model.layers=1", "--group", "T2", "--threads", "1",
        ], output, error);
        Assert.Equal(0, code);
        Assert.StartsWith("Test error ", output.ToString(), StringComparison.Ordinal);
        Assert.True(error.HasFailed, "the disk was never full");
    }

    [Fact]
    public void Run_StandardErrorIsClosed_StillHasItsExitCode()
    {
        using var stream = new FullDiskStream(new MemoryStream(), 0);
        using var error = new Unbuffered(stream);
        using var output = new StringWriter();
        Assert.Equal(2, CommandLine.Run(["train", "rotmist"], output, error));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("LIECONV_DATA", _dataBefore);
        _folder.Dispose();
    }

    /// <summary>As the console's own writer, it keeps nothing back.</summary>
    private sealed class Unbuffered(Stream stream) : TextWriter
    {
        public bool HasFailed { get; private set; }

        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value)
        {
            HasFailed = true;
            stream.Write(Encoding.GetBytes([value]));
            HasFailed = false;
        }
    }
}
