using LieConv.Benchmarks;
using LieConv.Benchmarks.Tables;
using LieConv.Benchmarks.Workloads;

namespace LieConv.Tests.Benchmarks;

/// <summary>Bad arguments of the benchmarks are one sentence and exit code 2; rows say '-' where there is no
/// figure.</summary>
[Collection("Serial")]
public sealed class BenchmarkCommandTests
{
    [Theory]
    [InlineData("tabel")]
    [InlineData("table", "nothing")]
    [InlineData("table", "--steps")]
    [InlineData("table", "--steps", "0")]
    [InlineData("table", "--stepz", "1")]
    [InlineData("profile")]
    [InlineData("profile", "springs:FC")]
    [InlineData("profile", "images")]
    [InlineData("sizes", "1e3")]
    [InlineData("batches", "images")]
    [InlineData("picture", "missing.json")]
    [InlineData("picture", "missing.json", "out.png")]
    public void Run_BadArguments_AreOneSentence(params string[] args)
    {
        var before = Console.Error;
        using var written = new StringWriter();
        Console.SetError(written);
        try
        {
            Assert.Equal(2, BenchmarkCommands.Run(args));
        }
        finally
        {
            Console.SetError(before);
        }
        Assert.Single(written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Select_BeginningOfNames_GivesAllThatGoOn()
    {
        Assert.Equal(
            ["images:T2:train", "images:T2:eval", "images:T2:train:bf16"],
            WorkloadCatalog.Select(["images:T2"]).Select(entry => entry.Name));
        Assert.Equal(WorkloadCatalog.All, WorkloadCatalog.Select([]));
    }

    [Fact]
    public void Of_RowWithoutReference_HasDashes()
    {
        var row = new TableRow("points:T3:9", "points", 10, 0.5, null, 4e9, 16e9, 1.25e9, null);
        Assert.Equal(
            "| points:T3:9 | points/s | 20.0 | - | - | 8.0 | 16.0 | 50 % | 1.25 | - |", TableText.Create(row));
    }
}
