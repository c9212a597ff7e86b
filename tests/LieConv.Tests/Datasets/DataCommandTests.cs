using System.CommandLine;
using System.Text.Json;
using LieConv.Cli.Commands;
using LieConv.Tests.Datasets.Digits;
using LieConv.Tests.Datasets.Downloads;
using LieConv.Training.Book;

namespace LieConv.Tests.Datasets;

public class DataCommandTests
{
    [Fact]
    public async Task List_FolderWithMnist_SaysWhere()
    {
        using var folder = new TemporaryFolder();
        TinyMnist.Write(folder.At("mnist"), gzip: true);
        var (code, output, _) = await RunAsync("list", "--data-root", folder.Path);
        Assert.Equal(0, code);
        Assert.Contains(folder.At("mnist"), output, StringComparison.Ordinal);
        Assert.Contains("embedded: 2,000 train and 1,000 test digits", output, StringComparison.Ordinal);
        (_, output, _) = await RunAsync("list", "--json", "--data-root", folder.Path);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(folder.At("mnist"), json.RootElement[0].GetProperty("location").GetString());
    }

    [Fact, Trait("Category", "Faults")]
    public async Task Verify_WrongAndMissingFiles_SaysWhichAndFails()
    {
        using var folder = new TemporaryFolder();
        var (code, output, _) = await RunAsync("verify", "mnist", "--data-root", folder.Path);
        Assert.Equal(2, code);
        Assert.Equal(4, output.Split("is missing").Length - 1);
        TinyMnist.Write(folder.Path, gzip: false);
        (code, output, _) = await RunAsync("verify", "mnist", "--data-root", folder.Path);
        Assert.Equal(2, code);
        Assert.Contains("train-labels-idx1-ubyte: it ends after 68 of 60008 bytes", output, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public async Task Fetch_MirrorWithoutTheFiles_SaysSoInOneLine()
    {
        using var folder = new TemporaryFolder();
        await using var server = new ScriptedServer(ScriptedServer.Status("404 Not Found"));
        var mirror = server.Address.ToString().TrimEnd('/');
        var (code, output, error) = await RunAsync("fetch", "mnist", "--data-root", folder.Path, "--mirror", mirror);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Equal("Could not download train-images-idx3-ubyte.gz: " +
            $"{server.Address} answered 404 Not Found (1 attempt).", error.TrimEnd());
    }

    [Fact, Trait("Category", "Faults")]
    public async Task Fetch_UnknownDataSet_IsRefused()
    {
        var (code, _, error) = await RunAsync("fetch", "cifar");
        Assert.NotEqual(0, code);
        Assert.Contains("cifar", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new InvocationConfiguration { Output = output, Error = error };
        var code = await DataCommand.Create(new TaskBook(TaskBook.All)).Parse(arguments)
            .InvokeAsync(console, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
