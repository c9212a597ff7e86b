using LieConv.Datasets.Points;
using Parquet;
using Parquet.Schema;

namespace LieConv.Tests.Datasets.Points;

/// <summary>Parquet with a row a set: lists of coordinates, values and targets of points.</summary>
public sealed class ParquetListTests
{
    private readonly DataField<int> _x = new("element");
    private readonly DataField<double?> _v = new("element");
    private readonly DataField<int> _part = new("element");
    private readonly DataField<double> _mass = new("target_mass");

    /// <summary>Whole numbers as coordinates, a number and a class of each point, and a number of each set.</summary>
    [Fact]
    public async Task Open_ListsOfEachKind_AreASetARow()
    {
        using var folder = new TemporaryFolder();
        await Write(folder.At("p.parquet"), [3, 1, 4, 1, 5], [0, 1, 1, 0, 1], [.5, .25, -1, 2, 8], [0, 1, 1, 0, 1],
            [0, 1, 1, 0, 1], [7.5, 9]);
        using var sets = PointData.Open(
            new PointDataOptions { Path = folder.At("p.parquet"), Target = "part,target_mass", Kinds = "part:class,part:points" },
            static _ => { });
        Assert.Equal(["x"], sets.Schema.Coordinates);
        Assert.Equal(["v"], sets.Schema.Values.Select(value => value.Name));
        Assert.Equal(
            [("part", true), ("target_mass", false)], sets.Schema.Targets.Select(target => (target.Name, target.OfPoints)));
        Assert.Equal((2, 3, 2), (sets.Count, sets.SizeOf(0), sets.SizeOf(1)));
        var (positions, values, parts) = (new double[2], new double[2], new double[2]);
        sets.CopyPositions(1, positions);
        sets.CopyValues(1, values);
        sets.CopyTargets(1, 0, parts);
        Assert.Equal([1, 5], positions);
        Assert.Equal([2, 8], values);
        Assert.Equal([0, 1], parts);
        Assert.Equal((7.5, 9), (sets.TargetOf(0, 1), sets.TargetOf(1, 1)));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("lengths", "row 2, column 'v': has 1 items, and 'x' has 2; expected one for each point in both.")]
    [InlineData("missing", "row 1, column 'v': is empty; expected a number.")]
    public async Task Open_ListsThatDoNotFit_NameRowAndColumn(string fault, string sentence)
    {
        using var folder = new TemporaryFolder();
        double?[] values = fault == "lengths" ? [.5, .25, -1, 2] : [.5, null, -1, 2, 8];
        await Write(
            folder.At("p.parquet"), [3, 1, 4, 1, 5], [0, 1, 1, 0, 1], values, [0, 1, 1, 0, 1], [0, 1, 1, 0, 1], [7.5, 9]);
        var thrown = Assert.Throws<InvalidDataException>(() => PointData.Open(
            new PointDataOptions { Path = folder.At("p.parquet"), Target = "target_mass" }, static _ => { }));
        Assert.Equal($"{folder.At("p.parquet")}, {sentence}", thrown.Message);
    }

    private async Task Write(
        string path, int[] x, int[] xBegins, double?[] values, int[] parts, int[] partBegins, double[] masses)
    {
        var cancel = TestContext.Current.CancellationToken;
        var schema = new ParquetSchema(
            new ListField("x", _x), new ListField("v", _v), new ListField("part", _part), _mass);
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: cancel);
        using var group = writer.CreateRowGroup();
        await group.WriteAllPartsAsync<int>(_x, x, PointSample.Present(_x, x.Length), xBegins, cancel);
        await group.WriteAsync<double>(_v, values, xBegins.AsMemory(0, values.Length), cancellationToken: cancel);
        await group.WriteAllPartsAsync<int>(
            _part, parts, PointSample.Present(_part, parts.Length), partBegins, cancel);
        await group.WriteAsync<double>(_mass, masses, cancellationToken: cancel);
        group.CompleteValidate();
    }
}
