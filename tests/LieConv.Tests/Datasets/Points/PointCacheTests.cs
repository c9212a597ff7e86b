using LieConv.Datasets.Points;

namespace LieConv.Tests.Datasets.Points;

/// <summary>What was read is kept, and only as long as it is still right.</summary>
public sealed class PointCacheTests
{
    [Fact]
    public void Open_SecondTime_ReadsTheCacheAndSaysTheSame()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), PointSample.Csv());
        var (first, second) = (Open(folder), Open(folder));
        Assert.Equal(first, second);
        var cache = Assert.Single(Caches(folder));
        // The text may be gone from memory, but not from the disk: change the copy to see that it is what is read.
        var bytes = File.ReadAllBytes(cache);
        bytes[70] ^= 1;
        File.WriteAllBytes(cache, bytes);
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, static _ => { });
        var fault = Assert.Throws<InvalidDataException>(() => sets.CopyPositions(0, new double[4]));
        Assert.Equal($"{cache}: is damaged: its checksum is not that of its content; delete it, it is made " +
            "again.", fault.Message);
    }

    [Fact]
    public void Open_SourceChanged_IsReadAgain()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), PointSample.Csv());
        var first = Open(folder);
        File.WriteAllText(folder.At("t.csv"), PointSample.Csv().Replace("0.25", "0.75"));
        Assert.NotEqual(first[0], Open(folder)[0]);
        Assert.Single(Caches(folder));
    }

    [Fact]
    public void Open_SameContentWithAnotherTime_IsNotReadAgain()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), PointSample.Csv());
        Open(folder);
        var written = File.GetLastWriteTimeUtc(Assert.Single(Caches(folder)));
        File.SetLastWriteTimeUtc(folder.At("t.csv"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Open(folder);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Caches(folder))));
    }

    [Fact]
    public void Open_OtherOptions_AreKeptBesideTheFirst()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), PointSample.Csv());
        Open(folder);
        using (PointData.Open(new PointDataOptions { Path = folder.At("t.csv"), Values = "none" }, static _ => { }))
            Assert.Equal(2, Caches(folder).Length);
    }

    [Theory]
    [InlineData(0)] // the mark
    [InlineData(17)] // the place of the index
    [InlineData(-5)] // the index
    [InlineData(int.MaxValue)] // cut short
    public void Open_CacheDamaged_SaysSoAndReadsAgain(int place)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), PointSample.Csv());
        var first = Open(folder);
        var cache = Assert.Single(Caches(folder));
        var bytes = File.ReadAllBytes(cache);
        if (place == int.MaxValue) bytes = bytes[..(bytes.Length / 2)];
        else bytes[place < 0 ? bytes.Length + place : place] ^= 0xff;
        File.WriteAllBytes(cache, bytes);
        var said = Open(folder);
        Assert.StartsWith($"{cache}: is damaged", said[1]);
        Assert.EndsWith("Reading the source again.", said[1]);
        Assert.Equal(first[0], said[0]);
        Assert.Equal(first, Open(folder));
    }

    [Fact]
    public void Open_FolderReadOnly_KeepsInTheDataFolder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("source"));
        File.WriteAllText(folder.At("source/t.csv"), PointSample.Csv());
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(folder.At("source"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var options = new PointDataOptions { Path = folder.At("source/t.csv"), DataRoot = folder.At("data") };
            using (PointData.Open(options, static _ =>
                { })) Assert.Single(Directory.GetFiles(folder.At("data/points")));
            Assert.Equal(["t.csv"], Directory.GetFiles(folder.At("source")).Select(Path.GetFileName));
        }
        finally
        {
            File.SetUnixFileMode(folder.At("source"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Copy_FromManyThreads_GivesEachItsOwn()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "id,x,y,label\n" + string.Concat(
            Enumerable.Range(0, 20_000).Select(i => $"s{i / 20},{i},{-i},{i / 20 % 3}\n")));
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, static _ => { });
        Assert.Equal((1000, 20_000L), (sets.Count, sets.TotalPoints));
        Parallel.For(0, 4000, i =>
        {
            var (set, positions) = (i % 1000, new double[40]);
            sets.CopyPositions(set, positions);
            for (var p = 0; p < 20; p++)
                if (positions[2 * p] != 20 * set + p || positions[2 * p + 1] != -(20 * set + p))
                    throw new InvalidOperationException($"set {set}, point {p}");
        });
        sets.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sets.CopyPositions(0, new double[40]));
    }

    [Fact]
    public void Open_RowsInAnyOrder_AreGatheredOverPortions()
    {
        // 30,000 rows are four portions of the spool; set s has the rows s, s + 100, ...
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "id,x,label\n" + string.Concat(
            Enumerable.Range(0, 30_000).Select(i => $"s{i % 100},{i},{i % 100 % 2}\n")));
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, static _ => { });
        var positions = new double[300];
        for (var set = 0; set < 100; set++)
        {
            sets.CopyPositions(set, positions);
            Assert.Equal(Enumerable.Range(0, 300).Select(i => (double)(set + 100 * i)), positions);
        }
    }

    [Fact]
    public void Builder_SetsOfAKnownSchema_ComeBack()
    {
        using var folder = new TemporaryFolder();
        var schema = new PointSchema
        {
            Coordinates = ["x", "y"],
            Values = [new PointValue("q", []), new PointValue("kind", ["C", "N"])],
            Targets =
            [
                new PointTarget("part", PointTargetKind.Class, true, ["u", "v"]),
                new PointTarget("label", PointTargetKind.Number, false, []),
            ],
        };
        using (var builder = new PointSetsBuilder(schema, "made.h5"))
        {
            builder.Add("a", "made.h5, cloud 1", [1, 2, 3, 4], [0.1, 0, 0.2, 1], [1, 0, 7.5], split: "train");
            builder.Add("b", "made.h5, cloud 2", [5, 6], [0.3, 1], [1, 8.5], "g", "test");
            Assert.Throws<ArgumentException>(() => builder.Add("a", "again", [1, 2], [0, 0], [0, 0]));
            Assert.Throws<ArgumentException>(() => builder.Add("c", "odd", [1, 2, 3], [0, 0], [0, 0]));
            using var built = builder.Build(folder.At("made.points"), "key");
            Check(built);
        }

        Assert.Null(PointCache.TryOpen(folder.At("made.points"), "other key", null));
        using var kept = PointCache.TryOpen(folder.At("made.points"), "key", null);
        Check(Assert.IsType<PointSets>(kept));

        static void Check(PointSets sets)
        {
            Assert.Equal("2 sets of 1 to 2 points (x, y) with 2 values from made.h5", sets.Description);
            Assert.Equal(("made.h5, cloud 2", "g", "test", null), (sets.PlaceOf(1), sets.GroupOf(1), sets.SplitOf(1),
                sets.GroupOf(0)));
            var (positions, values, parts) = (new double[4], new double[6], new double[2]);
            sets.CopyPositions(0, positions);
            sets.CopyValues(0, values);
            sets.CopyTargets(0, 0, parts);
            Assert.Equal([1, 2, 3, 4], positions);
            Assert.Equal([0.1, 1, 0, 0.2, 0, 1], values);
            Assert.Equal([1, 0], parts);
            Assert.Equal((7.5, 8.5), (sets.TargetOf(0, 1), sets.TargetOf(1, 1)));
        }
    }

    /// <summary>The fingerprint, then what was said.</summary>
    private static List<string> Open(TemporaryFolder folder)
    {
        var said = new List<string>();
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, said.Add);
        return [sets.Fingerprint, .. said];
    }

    private static string[] Caches(TemporaryFolder folder) => Directory.GetFiles(folder.Path, "t.csv.*.points");
}
