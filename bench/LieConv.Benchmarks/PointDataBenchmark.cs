using System.Diagnostics;
using System.Globalization;
using LieConv.Datasets.Points;
using LieConv.Datasets.Points.ModelNet;
using Parquet;
using Parquet.Schema;
using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace LieConv.Benchmarks;

/// <summary>Times the reading of points: 'generate FOLDER' makes points.csv and points.parquet of 10,000 sets of 100 points
/// and 5 columns, and h5 files of ModelNet40's layout; 'read FILE' reads one, as for the first time and then every set from what
/// was kept; 'modelnet FOLDER' reads h5 files.</summary>
internal static class PointDataBenchmark
{
    private const int Sets = 10_000, Points = 100, Clouds = 2048, CloudPoints = 2048;

    /// <summary>Runs one of the three.</summary>
    public static int Run(string[] args) => args switch
    {
        ["generate", var folder] => Generate(folder),
        ["read", var file] => Read(file),
        ["modelnet", var folder] => ReadModelNet(folder),
        _ => Usage(),
    };

    private static int Generate(string folder)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        var (x, y, value) = (Draw(random), Draw(random), Draw(random));
        using (var csv = new StreamWriter(Path.Combine(folder, "points.csv")))
        {
            csv.Write("set,x,y,v,label\n");
            for (var row = 0; row < Sets * Points; row++)
                csv.Write(string.Create(
                    CultureInfo.InvariantCulture, $"{row / Points},{x[row]},{y[row]},{value[row]},{LabelOf(row)}\n"));
        }

        WriteParquet(Path.Combine(folder, "points.parquet"), x, y, value).GetAwaiter().GetResult();
        File.WriteAllLines(Path.Combine(folder, "shape_names.txt"), Enumerable.Range(0, 40).Select(shape => $"shape{shape}"));
        foreach (var name in (string[])["train0", "train1", "train2", "train3", "test0"])
            WriteClouds(Path.Combine(folder, $"ply_data_{name}.h5"), random);
        return 0;
    }

    private static int LabelOf(int row) => row / Points % 3;

    private static double[] Draw(Random random) =>
        [.. Enumerable.Range(0, Sets * Points).Select(_ => Math.Round(random.NextDouble(), 6))];

    /// <summary>Clouds as the published files have them: float32, in compressed chunks, labels of a byte.</summary>
    private static void WriteClouds(string path, Random random)
    {
        var creation = new H5DatasetCreation(Filters: [DeflateFilter.Id]);
        new H5File
        {
            ["data"] = new H5Dataset(
                Enumerable.Range(0, Clouds * CloudPoints * 3).Select(_ => random.NextSingle() - 0.5f).ToArray(),
                chunks: [128, 256, 3], fileDims: [Clouds, CloudPoints, 3], datasetCreation: creation),
            ["label"] = new H5Dataset(
                Enumerable.Range(0, Clouds).Select(cloud => (byte)(cloud % 40)).ToArray(), chunks: [Clouds, 1],
                fileDims: [Clouds, 1], datasetCreation: creation),
        }.Write(path);
    }

    private static async Task WriteParquet(string path, double[] x, double[] y, double[] value)
    {
        DataField[] fields =
        [
            new DataField<int>("set"), new DataField<double>("x"), new DataField<double>("y"), new DataField<double>("v"),
            new DataField<int>("label"),
        ];
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file).ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        var rows = Enumerable.Range(0, x.Length);
        await group.WriteAsync<int>(fields[0], rows.Select(row => row / Points).ToArray()).ConfigureAwait(false);
        await group.WriteAsync<double>(fields[1], x).ConfigureAwait(false);
        await group.WriteAsync<double>(fields[2], y).ConfigureAwait(false);
        await group.WriteAsync<double>(fields[3], value).ConfigureAwait(false);
        await group.WriteAsync<int>(fields[4], rows.Select(LabelOf).ToArray()).ConfigureAwait(false);
        group.CompleteValidate();
    }

    private static int Read(string file)
    {
        var full = Path.GetFullPath(file);
        foreach (var kept in Directory.GetFiles(Path.GetDirectoryName(full)!, $"{Path.GetFileName(full)}.*.points"))
            File.Delete(kept);
        Console.WriteLine(Machine.Describe());
        foreach (var how in new[] { "for the first time", "from what was kept" })
        {
            var before = Machine.PeakGigabytes();
            var start = Stopwatch.GetTimestamp();
            using var sets = PointData.Open(new PointDataOptions { Path = full }, static _ => { });
            for (var set = 0; set < sets.Count; set++) sets.CopyPositions(set, new double[2 * sets.SizeOf(set)]);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var (size, more) = (new FileInfo(full).Length / 1e6, (Machine.PeakGigabytes() - before) * 1e3);
            Console.WriteLine(FormattableString.Invariant(
                $"{sets.TotalPoints} points of {sets.Count} sets {how} in {seconds:F2} s; ") + FormattableString.Invariant(
                $"peak memory rose by {more:F0} MB, {more / size:F1} times the file's {size:F1} MB"));
        }

        return 0;
    }

    private static int ReadModelNet(string folder)
    {
        var start = Stopwatch.GetTimestamp();
        using var sets = ModelNet40.Load(new ModelNet40Options { DataRoot = folder }, Console.Error.WriteLine);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(FormattableString.Invariant(
            $"{sets.Count} clouds of {sets.TotalPoints} points in {seconds:F2} s: {sets.Count / seconds:F0} clouds a second"));
        return 0;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("Usage: point-data generate FOLDER | point-data read FILE | point-data modelnet FOLDER");
        return 2;
    }
}
