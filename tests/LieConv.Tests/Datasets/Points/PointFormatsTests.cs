using LieConv.Datasets.Points;

namespace LieConv.Tests.Datasets.Points;

/// <summary>The same three sets come out of every format, bit by bit.</summary>
public sealed class PointFormatsTests
{
    public static TheoryData<string> Formats =>
    [
        "s.csv", "s.tsv", "semicolon.csv", "bar.csv", "quoted.csv", "bom.csv", "utf16.csv", "windows.csv", "s.csv.gz",
        "interleaved.csv", "columns.csv", "s.parquet", "other.parquet", "sets.parquet", "points.jsonl", "sets.jsonl", "sets.ndjson.gz",
            "mask.npz", "nan.npz",
        "offsets.npz", "sizes.npz", "folder",
    ];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Open_SameSetsInAnyFormat_AreTheSame(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.At(name);
        await Write(path, name);
        using var sets = PointData.Open(new PointDataOptions { Path = path }, static _ => { });
        Assert.Equal(["x", "y"], sets.Schema.Coordinates);
        Assert.Equal([new PointValue("q", []), new PointValue("kind", ["C", "N", "O"])], sets.Schema.Values);
        Assert.Equal([new PointTarget("label", PointTargetKind.Class, false, ["cat", "dog"])], sets.Schema.Targets);
        Assert.Equal((3, 6L, 3), (sets.Count, sets.TotalPoints, sets.LargestSize));
        var row = 0;
        for (var set = 0; set < 3; set++)
        {
            var size = sets.SizeOf(set);
            Assert.Equal((PointSample.Ids[set], PointSample.Sizes[set]), (sets.IdOf(set), size));
            Assert.Equal(PointSample.Labels[set] == "cat" ? 0 : 1, sets.TargetOf(set, 0));
            var (positions, values, targets) = (new double[2 * size], new double[4 * size], new double[size]);
            sets.CopyPositions(set, positions);
            sets.CopyValues(set, values);
            sets.CopyTargets(set, 0, targets);
            Assert.All(targets, target => Assert.Equal(sets.TargetOf(set, 0), target));
            for (var i = 0; i < size; i++, row++)
            {
                var kind = "CNO".IndexOf(PointSample.Kind[row], StringComparison.Ordinal);
                Assert.Equal([PointSample.X[row], PointSample.Y[row]], positions[(2 * i)..(2 * i + 2)]);
                Assert.Equal([PointSample.Q[row], kind == 0 ? 1 : 0, kind == 1 ? 1 : 0, kind == 2 ? 1 : 0],
                    values[(4 * i)..(4 * i + 4)]);
            }
        }

        using var csv = PointData.Open(new PointDataOptions { Path = Csv(folder) }, static _ => { });
        Assert.Equal(csv.Fingerprint, sets.Fingerprint);
    }

    [Fact]
    public void Open_OtherContent_HasAnotherFingerprint()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("other.csv"), PointSample.Csv().Replace("0.25", "0.26"));
        using var one = PointData.Open(new PointDataOptions { Path = Csv(folder) }, static _ => { });
        using var other = PointData.Open(new PointDataOptions { Path = folder.At("other.csv") }, static _ => { });
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
    }

    [Theory]
    [InlineData("(2, 3)", "(3,)", false)]
    [InlineData("(1, 2, 3)", "(1, 2, 3)", true)]
    public void Open_Npy_HasCoordinatesOnly(string shape, string _, bool holdsSets)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("p.npy"), Npy.Doubles([1, 2, 3, 4, 5, 6], shape));
        using var sets = PointData.Open(
            new PointDataOptions { Path = folder.At("p.npy"), Target = PointDataOptions.None }, static _ => { });
        Assert.Equal(["x", "y", "z"], sets.Schema.Coordinates);
        Assert.Equal((1, 2, holdsSets ? "1" : "p"), (sets.Count, sets.SizeOf(0), sets.IdOf(0)));
        var positions = new double[6];
        sets.CopyPositions(0, positions);
        Assert.Equal([1, 2, 3, 4, 5, 6], positions);
    }

    [Fact]
    public void Open_ArraysOfSeveralColumns_AreNumbered()
    {
        using var folder = new TemporaryFolder();
        Npy.Zip(folder.At("p.npz"),
        [
            ("where", Npy.Doubles([1, 2, 3, 4, 5, 6, 7, 8], "(2, 2, 2)")),
            ("speed", Npy.Make("<f4", "(2, 2, 1)", new byte[16])),
            ("dipole", Npy.Doubles([0.5, 1, 1.5, 2, 2.5, 3], "(2, 3)")),
        ]);
        using var sets = PointData.Open(new PointDataOptions
        {
            Path = folder.At("p.npz"), Coords = "where", Target = "dipole",
        }, static _ => { });
        Assert.Equal(["where_1", "where_2"], sets.Schema.Coordinates);
        Assert.Equal(["speed"], sets.Schema.Values.Select(value => value.Name));
        Assert.Equal(["dipole_1", "dipole_2", "dipole_3"], sets.Schema.Targets.Select(target => target.Name));
        Assert.Equal(2.5, sets.TargetOf(1, 1));
    }

    private static string Csv(TemporaryFolder folder)
    {
        File.WriteAllText(folder.At("plain.csv"), PointSample.Csv());
        return folder.At("plain.csv");
    }

    private static async Task Write(string path, string name)
    {
        var csv = PointSample.Csv();
        switch (name)
        {
            case "s.tsv": File.WriteAllText(path, PointSample.Csv('\t')); break;
            case "semicolon.csv": File.WriteAllText(path, PointSample.Csv(';')); break;
            case "bar.csv": File.WriteAllText(path, PointSample.Csv('|')); break;
            case "quoted.csv":
                File.WriteAllText(path, string.Join('\n', csv.Split('\n').Select(line =>
                    line.Length == 0 ? "" : string.Join(',', line.Split(',').Select(field => $"\"{field}\"")))));
                break;
            case "bom.csv": File.WriteAllText(path, csv, System.Text.Encoding.UTF8); break;
            case "utf16.csv": File.WriteAllText(path, csv, System.Text.Encoding.Unicode); break;
            case "windows.csv": File.WriteAllText(path, "\r\n" + csv.Replace("\n", "\r\n").Replace(",", " , ")); break;
            case "s.csv.gz": PointSample.Gzip(path, csv); break;
            case "interleaved.csv":
                var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                File.WriteAllLines(path, [lines[0], lines[1], lines[3], lines[6], lines[4], lines[2], lines[5]]);
                break;
            case "columns.csv":
                File.WriteAllLines(path, csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
                    line.Split(',') is var f ? $"{f[5]},{f[2]},{f[1]},{f[0]},{f[3]},{f[4]},{(f[0] == "id" ? "index" : "7")}" : ""));
                break;
            case "s.parquet": await PointSample.Parquet(path); break;
            case "sets.parquet": await PointSample.ParquetSets(path); break;
            case "other.parquet": File.Copy(Path.Combine(SampleFolder.Root, "points", "points.parquet"), path); break;
            case "points.jsonl": File.WriteAllText(path, PointSample.JsonPoints()); break;
            case "sets.jsonl": File.WriteAllText(path, PointSample.JsonSets()); break;
            case "sets.ndjson.gz": PointSample.Gzip(path, PointSample.JsonSets()); break;
            case "mask.npz": PointSample.Padded(path, hasMask: true); break;
            case "nan.npz": PointSample.Padded(path, hasMask: false); break;
            case "offsets.npz": PointSample.Ragged(path, "offsets"); break;
            case "sizes.npz": PointSample.Ragged(path, "sizes"); break;
            case "folder": PointSample.Folder(path); break;
            default: File.WriteAllText(path, csv); break;
        }
    }
}
