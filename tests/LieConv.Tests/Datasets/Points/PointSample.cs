using System.Globalization;
using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace LieConv.Tests.Datasets.Points;

/// <summary>Three sets of 2, 3 and 1 points (x, y) with a number, a category and a label, written in every
/// format.</summary>
internal static class PointSample
{
    public static readonly string[] Ids = ["a", "b", "c"];
    public static readonly int[] Sizes = [2, 3, 1];
    public static readonly double[] X = [0.5, 1.25, -3, 0.1, 1e-9, 7];
    public static readonly double[] Y = [1, 2, 3, 4, 5, 6];
    public static readonly double[] Q = [0.25, 0.5, -1, 2, 4, 8];
    public static readonly string[] Kind = ["N", "C", "C", "O", "N", "N"];
    public static readonly string[] Labels = ["cat", "dog", "cat"];

    public static IEnumerable<(int Set, int Row)> Rows()
    {
        var row = 0;
        for (var set = 0; set < Sizes.Length; set++)
            for (var i = 0; i < Sizes[set]; i++) yield return (set, row++);
    }

    public static string Csv(char separator = ',')
    {
        var text = new StringBuilder("id,x,y,q,kind,label\n".Replace(',', separator));
        foreach (var (set, row) in Rows())
            text.AppendJoin(separator, Ids[set], R(X[row]), R(Y[row]), R(Q[row]), Kind[row], Labels[set]).Append('\n');
        return text.ToString();
    }

    public static string JsonPoints() => string.Concat(Rows().Select(at =>
        $"{{\"id\":\"{Ids[at.Set]}\",\"x\":{R(X[at.Row])},\"y\":{R(Y[at.Row])},\"q\":{R(Q[at.Row])}," +
        $"\"kind\":\"{Kind[at.Row]}\",\"label\":\"{Labels[at.Set]}\"}}\n"));

    public static string JsonSets() => string.Concat(Enumerable.Range(0, 3).Select(set =>
        $"{{\"id\":\"{Ids[set]}\",\"x\":[{Join(set, i => R(X[i]))}],\"y\":[{Join(set, i => R(Y[i]))}]," +
        $"\"q\":[{Join(set, i => R(Q[i]))}],\"kind\":[{Join(set, i => $"\"{Kind[i]}\"")}],\"label\":\"{Labels[set]}\"}}\n"));

    public static async Task Parquet(string path)
    {
        var rows = Rows().ToArray();
        DataField[] fields =
        [
            new DataField<string>("id"), new DataField<double>("x"), new DataField<double>("y"),
                new DataField<float>("q"),
            new DataField<string>("kind"), new DataField<string>("label"),
        ];
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(fields), file, cancellationToken: TestContext.Current.CancellationToken);
        // Two row groups.
        foreach (var part in new[] { rows[..4], rows[4..] })
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(fields[0], [.. part.Select(at => Ids[at.Set])]);
            await group.WriteAsync<double>(fields[1], part.Select(at => X[at.Row]).ToArray());
            await group.WriteAsync<double>(fields[2], part.Select(at => Y[at.Row]).ToArray());
            await group.WriteAsync<float>(fields[3], part.Select(at => (float)Q[at.Row]).ToArray());
            await group.WriteAsync(fields[4], [.. part.Select(at => Kind[at.Row])]);
            await group.WriteAsync(fields[5], [.. part.Select(at => Labels[at.Set])]);
            group.CompleteValidate();
        }
    }

    /// <summary>A row a set: lists of coordinates and values, single cells for the name and the label.</summary>
    public static async Task ParquetSets(string path)
    {
        var cancel = TestContext.Current.CancellationToken;
        DataField<double> x = new("element"), y = new("element");
        DataField<float> q = new("element");
        DataField<string> id = new("id"), kind = new("element"), label = new("label");
        var schema = new ParquetSchema(
            id, new ListField("x", x), new ListField("y", y), new ListField("q", q), new ListField("kind", kind), label);
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: cancel);
        // Two row groups: the first two sets, and the third.
        foreach (var sets in new[] { new[] { 0, 1 }, [2] })
        {
            var part = Rows().Where(at => sets.Contains(at.Set)).ToArray();
            int[] begins = [.. part.Select((at, i) => i > 0 && part[i - 1].Set == at.Set ? 1 : 0)];
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(id, [.. sets.Select(set => Ids[set])]);
            await group.WriteAllPartsAsync<double>(
                x, part.Select(at => X[at.Row]).ToArray(), Present(x, part.Length), begins, cancel);
            await group.WriteAllPartsAsync<double>(
                y, part.Select(at => Y[at.Row]).ToArray(), Present(y, part.Length), begins, cancel);
            await group.WriteAllPartsAsync<float>(
                q, part.Select(at => (float)Q[at.Row]).ToArray(), Present(q, part.Length), begins, cancel);
            await group.WriteAsync(kind, [.. part.Select(at => Kind[at.Row])], begins);
            await group.WriteAsync(label, [.. sets.Select(set => Labels[set])]);
            group.CompleteValidate();
        }
    }

    /// <summary>Definition levels of items that are all there.</summary>
    public static int[] Present(DataField field, int items) => [.. Enumerable.Repeat(field.MaxDefinitionLevel, items)];

    /// <summary>Padded arrays with a mask, or NaN at the end where there is none.</summary>
    public static void Padded(string path, bool hasMask)
    {
        var x = Pad(X, hasMask ? 99 : double.NaN);
        var y = Pad(Y, hasMask ? 99 : double.NaN);
        var parts = new List<(string, byte[])>
        {
            ("id", Npy.Texts(Ids, "(3,)")),
            ("x", Npy.Doubles(x, "(3, 3)")), ("y", Npy.Doubles(y, "(3, 3)")), ("q", Npy.Doubles(Pad(Q, 0), "(3, 3)")),
            ("kind", Npy.Texts(PadTexts(), "(3, 3)")), ("label", Npy.Texts(Labels, "(3,)")),
        };
        if (hasMask) parts.Add(("mask", Npy.Make("|b1", "(3, 3)", [1, 1, 0, 1, 1, 1, 1, 0, 0])));
        Npy.Zip(path, parts);
    }

    /// <summary>Rows of all sets with offsets or sizes.</summary>
    public static void Ragged(string path, string by)
    {
        var starts = by == "sizes" ? "(3,)" : "(4,)";
        Npy.Zip(path,
        [
            ("id", Npy.Texts(Ids, "(3,)")), ("x", Npy.Doubles(X, "(6,)")), ("y", Npy.Doubles(Y, "(6,)")),
            ("q", Npy.Doubles(Q, "(6,)")), ("kind", Npy.Texts(Kind, "(6,)")), ("label", Npy.Texts(Labels, "(3,)")),
            (by, Npy.Longs(by == "sizes" ? [2, 3, 1] : [0, 2, 5, 6], starts)),
        ]);
    }

    /// <summary>A folder with a file a set and a table of labels.</summary>
    public static void Folder(string path)
    {
        Directory.CreateDirectory(path);
        for (var set = 0; set < 3; set++)
            File.WriteAllText(Path.Combine(path, Ids[set] + ".csv"), "x,y,q,kind\n" + string.Concat(
                Rows().Where(at => at.Set == set).Select(at =>
                    $"{R(X[at.Row])},{R(Y[at.Row])},{R(Q[at.Row])},{Kind[at.Row]}\n")));
        File.WriteAllText(Path.Combine(path, "labels.csv"), "file,label\nc.csv,cat\na.csv,cat\nb,dog\n");
    }

    public static void Gzip(string path, string text)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
    }

    public static string R(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Join(int set, Func<int, string> text) =>
        string.Join(',', Rows().Where(at => at.Set == set).Select(at => text(at.Row)));

    private static double[] Pad(double[] numbers, double by) =>
        [numbers[0], numbers[1], by, numbers[2], numbers[3], numbers[4], numbers[5], by, by];

    private static string[] PadTexts() =>
        [Kind[0], Kind[1], "", Kind[2], Kind[3], Kind[4], Kind[5], "", ""];
}
