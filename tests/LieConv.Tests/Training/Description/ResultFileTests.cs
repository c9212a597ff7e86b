using System.Text.Json;
using LieConv.Tests.Support;
using LieConv.Training.Conformal;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;
using Parquet;

namespace LieConv.Tests.Training.Description;

public sealed class ResultFileTests
{
    private static readonly double[] LogProbabilities =
        [.. new[] { 0.1, 0.7, 0.2, 0.45, 0.15, 0.4, 0.34, 0.33, 0.33 }.Select(p => Math.Log(p))];

    [Fact]
    public async Task Write_EveryFormat_HoldsTheSameTable()
    {
        using var folder = new TemporaryFolder();
        var threshold = new ConformalThreshold(0.9, 30, Math.Log(0.65 / 0.35));
        var results = new TableResults(new ResultTable(
        [
            ResultColumn.Texts("set", ["a,b", "\"c\"", "ä"]),
            ResultColumn.Counts("points", [3, 4, 5]),
            .. PredictionColumns.Classes("label", ["disc", "ring", "star"], LogProbabilities, threshold),
            .. PredictionColumns.Numbers("energy", "eV", [1.5, -2, 0.1f], threshold with { Threshold = 0.25 }),
        ]), inputs: "sets");
        foreach (var ending in new[] { "csv", "json", "parquet" }) ResultFile.Write(folder.File($"r.{ending}"), results);
        Assert.Equal("""
            set,points,label,label.p(disc),label.p(ring),label.p(star),label.set,energy (eV),energy.low (eV),energy.high (eV)
            "a,b",3,ring,0.1,0.7,0.2,ring,1.5,1.25,1.75
            "'c'",4,disc,0.45,0.15,0.4,disc|star,-2,-2.25,-1.75
            ä,5,disc,0.34,0.33,0.33,,0.100000001,-0.149999999,0.350000001

            """.Replace("'", "\"\"", StringComparison.Ordinal), File.ReadAllText(folder.File("r.csv")));

        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("r.json")));
        Assert.Equal("a,b", json.RootElement[0].GetProperty("set").GetString());
        Assert.Equal(0.45, json.RootElement[1].GetProperty("label.p(disc)").GetDouble());
        Assert.Equal("disc|star", json.RootElement[1].GetProperty("label.set").GetString());

        var columns = await Read(folder.File("r.parquet"));
        Assert.Equal(results.Table().Columns.Select(column => column.Name), columns.Keys);
        Assert.Equal(["a,b", "\"c\"", "ä"], columns["set"]);
        Assert.Equal([3L, 4L, 5L], columns["points"]);
        Assert.Equal([1.5, -2.0, (double)0.1f], columns["energy (eV)"]);
        Assert.Equal(0.2, (double)columns["label.p(star)"][0], 12);
        Assert.Equal("Wrote 3 sets to r.csv.", results.Written("r.csv"));
    }

    /// <summary>Intervals without ends: texts that pandas and JsonFormat read, and the number in Parquet.</summary>
    [Fact]
    public async Task Write_InfiniteIntervals_AreKept()
    {
        using var folder = new TemporaryFolder();
        var results = new TableResults(new ResultTable(
            PredictionColumns.Numbers("q", "", [1], ConformalThreshold.Calibrate([1, 2], 0.9))));
        Assert.Equal("q,q.low,q.high\n1,-Infinity,Infinity\n", results.Table().Csv());
        using var json = JsonDocument.Parse(results.Json());
        Assert.Equal("-Infinity", json.RootElement[0].GetProperty("q.low").GetString());
        ResultFile.Write(folder.File("r.parquet"), results);
        Assert.Equal([double.PositiveInfinity], (await Read(folder.File("r.parquet")))["q.high"]);
    }

    /// <summary>The tables of the other tasks, too.</summary>
    [Fact]
    public async Task Write_ResultsOfEveryTask_BecomeParquet()
    {
        using var folder = new TemporaryFolder();
        var motion = new PredictedMotion([0, 0.5], [[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8]]]);
        ResultTable[] tables =
        [
            DigitPredictionFile.Table(2, [new PredictedDigit("a.png", 1, 1, [0.25, 0.75])]),
            PredictionFile.Table(
                [new TargetScale("homo", "eV", 0, 1)],
                [new PredictedMolecule("a.xyz", 1, "CH4", new Dictionary<string, double> { ["homo"] = -6.5 }, null)]),
            MotionFile.Table([motion]), MotionFile.Table([motion, motion]),
            new TableResults(["file", "n", "r"], [["x", 3, 0.1], ["y", 4, 0.2]]).Table(),
        ];
        Assert.Equal("file,image,class,p0,p1\na.png,1,1,0.25,0.75\n", tables[0].Csv());
        Assert.Equal("file,molecule,formula,homo (eV)\na.xyz,1,CH4,-6.5\n", tables[1].Csv());
        Assert.Equal("time,particle,x,y,px,py\n0,1,1,2,5,6\n0.5,1,3,4,7,8\n", tables[2].Csv());
        Assert.StartsWith(
            "system,time,particle,x,y,px,py\n1,0,1,1,2,5,6\n", tables[3].Csv(), StringComparison.Ordinal);
        Assert.Equal("file,n,r\nx,3,0.1\ny,4,0.2\n", tables[4].Csv());
        foreach (var (i, table) in tables.Index())
        {
            var path = folder.File($"{i}.parquet");
            using (var stream = File.Create(path)) table.WriteParquet(stream);
            var read = await Read(path);
            foreach (var column in table.Columns)
                Assert.Equal(
                    Enumerable.Range(0, table.Rows).Select(column.Text),
                    read[column.Name].Select(value => FormattableString.Invariant($"{value}")));
        }
    }

    [Theory]
    [InlineData("a.csv", ResultFormat.Csv)]
    [InlineData("a.JSON", ResultFormat.Json)]
    [InlineData("b.c/a.Parquet", ResultFormat.Parquet)]
    public void FormatOf_Endings_AreThoseOfTheFile(string path, ResultFormat expected) =>
        Assert.Equal(expected, ResultFile.FormatOf(path));

    [Theory, Trait("Category", "Faults")]
    [InlineData("a.xlsx", "The file to write, 'a.xlsx', ends in none of .csv, .json and .parquet.")]
    [InlineData("csv", "The file to write, 'csv', ends in none of .csv, .json and .parquet.")]
    [InlineData(" ", "The name of the file to write is blank; expected a .csv, .json or .parquet file.")]
    public void FormatOf_Others_AreOneSentence(string path, string expected) =>
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => ResultFile.FormatOf(path)).Message);

    [Fact, Trait("Category", "Faults")]
    public void Table_UnevenOrDoubleColumns_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ResultTable(
            [ResultColumn.Counts("a", [1]), ResultColumn.Counts("b", [1, 2])]));
        Assert.Throws<ArgumentException>(() => new ResultTable(
            [ResultColumn.Counts("a", [1]), ResultColumn.Counts("a", [2])]));
    }

    private static async Task<Dictionary<string, object[]>> Read(string path)
    {
        await using var reader = await ParquetReader.CreateAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        using var group = reader.OpenRowGroupReader(0);
        var (columns, rows) = (new Dictionary<string, object[]>(), (int)group.RowCount);
        foreach (var field in reader.Schema.GetDataFields())
        {
            if (field.ClrType != typeof(long) && field.ClrType != typeof(double))
            {
                var texts = new string?[rows];
                await group.ReadAsync(field, texts.AsMemory());
                columns[field.Name] = [.. texts.Select(text => text!)];
            }
            else if (field.ClrType == typeof(long))
            {
                var counts = new long[rows];
                await group.ReadAsync<long>(field, counts.AsMemory());
                columns[field.Name] = [.. counts.Cast<object>()];
            }
            else
            {
                var numbers = new double[rows];
                await group.ReadAsync<double>(field, numbers.AsMemory());
                columns[field.Name] = [.. numbers.Cast<object>()];
            }
        }
        return columns;
    }
}
