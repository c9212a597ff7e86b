using LieConv.Datasets.Points;
using Parquet;
using Parquet.Schema;

namespace LieConv.Tests.Datasets.Points;

/// <summary>Broken files, each with its sentence: the file, the line or row, the column, and what was
/// expected.</summary>
public sealed class PointFaultTests
{
    private const string Head = "id,x,y,label\n";

    /// <summary>Name, content, options as NAME=VALUE, and the sentence after the folder.</summary>
    public static TheoryData<string, string, string, string> Texts => new()
    {
        { "empty.csv", "", "", "empty.csv: the file is empty." },
        { "blank.csv", "\n\n", "", "blank.csv: the file is empty; expected a line of names, then a line a point." },
        { "head.csv", Head, "", "head.csv: holds no points." },
        { "nohead.csv", "1,0.5,2\n1,0.25,3\n", "", "nohead.csv, line 1: is '1, 0.5, 2'; expected the names of the " +
            "columns." },
        { "nan.csv", Head + "a,1,2,cat\na,nan,2,cat\n", "", "nan.csv, line 3, column 'x': is NaN; expected a finite " +
            "number." },
        { "inf.csv", Head + "a,1,-inf,cat\n", "", "inf.csv, line 2, column 'y': is -Infinity; expected a finite " +
            "number." },
        { "huge.csv", Head + "a,1,1e999,cat\n", "", "huge.csv, line 2, column 'y': is Infinity; expected a finite " +
            "number." },
        { "text.csv", Head + "a,1,2,cat\nb,one,2,dog\n", "", "text.csv, line 3, column 'x': is 'one'; expected a " +
            "number." },
        {
            "comma.csv", "id;x;y;label\na;1;2,5;cat\n", "",
            "comma.csv, line 2, column 'y': is '2,5'; expected a number with a decimal point."
        },
        { "hole.csv", Head + "a,1,,cat\n", "", "hole.csv, line 2, column 'y': is empty; expected a number." },
        { "noid.csv", Head + ",1,2,cat\n", "", "noid.csv, line 2, column 'id': is empty; expected a name." },
        {
            "short.csv", Head + "a,1,2,cat\na,1\n", "",
            "short.csv, line 3: has 2 fields; expected 4, as the line of names has."
        },
        {
            "long.csv", Head + "a,1,2,cat,7\n", "",
            "long.csv, line 2: has 5 fields; expected 4, as the line of names has."
        },
        {
            "quote.csv", Head + "a,1,2,cat\nb,1,\"2,dog\nb,1,2,dog\n", "",
            "quote.csv, line 3: has 3 fields; expected 4, as the line of names has (a quote that begins in it may " +
                "not be closed)."
        },
        { "twice.csv", "id,x,x,label\na,1,2,cat\n", "", "twice.csv: has 2 columns named 'x'; expected each name " +
            "once." },
        {
            "nocoords.csv", "id,a,b,label\na,1,2,cat\n", "",
            "nocoords.csv: none of its columns id, a, b, label is named like a coordinate (x, y, z; x1, x2, ...; " +
            "pos_x, pos_y, ...); name them with coords."
        },
        {
            "notarget.csv", "id,x,y\na,1,2\n", "",
            "notarget.csv: none of its columns id, x, y is named like a target (label, class, target, y, y_..., " +
            "target_...); name it with target, or say none there."
        },
        {
            "unknown.csv", Head + "a,1,2,cat\n", "values=charge",
            "values names 'charge', which {0}unknown.csv does not have; its columns are id, x, y, label."
        },
        {
            "seven.csv", "id,x1,x2,x3,x4,x5,x6,x7,label\na,1,2,3,4,5,6,7,cat\n", "",
            "seven.csv: has 7 columns of coordinates (x1, x2, x3, x4, x5, x6, x7); expected 1 to 6."
        },
        {
            "double.csv", Head + "a,1,2,cat\n", "values=x;coords=x,y",
            "values names column 'x', which is used already; expected each column once."
        },
        {
            "kind.csv", Head + "a,1,2,cat\n", "kinds=label:colour",
            "kinds has 'label:colour'; expected COLUMN:KIND with a kind of class, number, set or points."
        },
        {
            "kindof.csv", Head + "a,1,2,cat\n", "kinds=x:class",
            "kinds names 'x', which is neither a value nor a target; these are label."
        },
        {
            "without.csv", Head + "a,1,2,cat\nb,1,2,\nb,3,4,\n", "",
            "without.csv, line 3, column 'label': set 'b' has no target; expected one in its rows."
        },
        {
            "varies.csv", Head + "a,1,2,cat\na,1,2,dog\n", "kinds=label:set",
            "varies.csv, line 3, column 'label': is 'dog', and 'cat' before in set 'a'; expected one for the whole " +
            "set, as kinds says."
        },
        {
            "field.csv", Head + "a,1,2,0.5\na,1,2,0.25\na,1,2,\n", "",
            "field.csv, line 4, column 'label': is empty in set 'a'; expected a value for each point, since it " +
            "varies within sets (first in {0}field.csv, line 3: '0.25' after '0.5')."
        },
        {
            "one.csv", Head + "a,1,2,cat\nb,1,2,cat\n", "",
            "one.csv, column 'label': is 'cat' in all rows; expected at least two classes."
        },
        {
            "number.csv", Head + "a,1,2,5\nb,1,2,five\n", "kinds=label:number",
            "number.csv, line 3, column 'label': is 'five'; expected a number, as kinds says."
        },
        {
            "group.csv", "id,x,y,group,label\na,1,2,g,cat\na,1,2,h,cat\n", "",
            "group.csv, line 3, column 'group': is 'h'; expected 'g', as in the other rows of set 'a'."
        },
        {
            "binary.csv", "a\0b\u0001c", "",
            "binary.csv: is no text: byte 2 is 0; expected UTF-8, or a byte order mark."
        },
        {
            "json.jsonl", "{\"id\":1,\"x\":1,\"label\":\"a\"}\n{\"id\":2,\"x\":oops}\n", "",
            "json.jsonl, line 2: is no JSON object: at byte 13 is 'oops}'; expected {\"name\": value, ...}."
        },
        {
            "list.jsonl", "[1,2,3]\n", "",
            "list.jsonl, line 1: is no JSON object: at byte 8 is its end; expected {\"name\": value, ...}."
        },
        {
            "mixed.jsonl",
            "{\"positions\":[[1,2],[3,4]],\"label\":\"a\"}\n{\"positions\":[[1,2],[3,4,5]],\"label\":\"b\"}\n", "",
            "mixed.jsonl, line 2, column 'positions': point 2 has 3 numbers; expected 2, as in the first line."
        },
        {
            "sizes.jsonl", "{\"x\":[1,2],\"q\":[1,2,3],\"label\":\"a\"}\n", "",
            "sizes.jsonl, line 1, column 'q': has 3 items, and 'x' has 2; expected one for each point in both."
        },
        {
            "same.jsonl", "{\"id\":\"a\",\"x\":[1],\"label\":\"a\"}\n{\"id\":\"a\",\"x\":[2],\"label\":\"b\"}\n", "",
            "same.jsonl, line 2: set 'a' is there already, in {0}same.jsonl, line 1; expected each name of a set once."
        },
        {
            "nothing.jsonl", "{\"id\":\"a\",\"x\":[1],\"label\":\"a\"}\n{\"id\":\"b\",\"x\":[],\"label\":\"b\"}\n", "",
            "nothing.jsonl, line 2: has no points; expected at least one."
        },
        { "garbage.parquet", "PAR1 this is not one", "", "garbage.parquet: is no Parquet file, or is damaged or cut " +
            "short: *" },
        { "garbage.npz", "this is no zip file at all", "", "garbage.npz: is no .npz archive: *" },
        { "garbage.npy", "this is no array", "", "garbage.npy: is no .npy array: its first bytes are not the " +
            "format's mark." },
        { "fake.csv.gz", "this is not packed", "", "fake.csv.gz: none of its columns this is not packed is named " +
            "like *" },
        { "points.docx", "x", "", "points.docx: is of no format that is read; expected an ending of .csv, .tsv, *" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Open_BrokenText_SaysWhereAndWhatWasExpected(string name, string text, string options, string sentence)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At(name), text);
        RequireFault(folder, name, options, sentence);
        Assert.Equal([name], Directory.GetFileSystemEntries(folder.Path)
            .Select(Path.GetFileName)); // nothing half-written
    }

    [Fact]
    public void Open_TooManyTexts_SaysTheFirstTooMany()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("names.csv"), "x,name,label\n" +
            string.Concat(Enumerable.Range(1, 70).Select(i => $"{i},n{i},{i % 2}\n")));
        RequireFault(folder, "names.csv", "values=name",
            "names.csv, line 66, column 'name': is 'n65', one text more than the 64 before; expected numbers, or at " +
            "most 64 different texts.");
    }

    [Fact]
    public void Open_TextAfterManyNumbers_IsAFaultOfItsLine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("typo.csv"), "x,q,label\n" +
            string.Concat(Enumerable.Range(1, 100).Select(i => $"{i},{(i == 99 ? "O.5" : i + 0.5)},{i % 2}\n")));
        RequireFault(folder, "typo.csv", "", "typo.csv, line 100, column 'q': is 'O.5'; expected a number, as in the " +
            "rows before.");
    }

    [Fact]
    public void Open_CutShort_IsAFault()
    {
        using var folder = new TemporaryFolder();
        PointSample.Gzip(folder.At("cut.csv.gz"), PointSample.Csv());
        Cut(folder.At("cut.csv.gz"));
        RequireFault(folder, "cut.csv.gz", "", "cut.csv.gz: the gzip data are damaged or cut short.");
        PointSample.Padded(folder.At("cut.npz"), true);
        Cut(folder.At("cut.npz"));
        RequireFault(folder, "cut.npz", "", "cut.npz: is no .npz archive: *");
        File.WriteAllBytes(folder.At("cut.npy"), Npy.Doubles([1, 2, 3, 4], "(2, 2)")[..^8]);
        RequireFault(folder, "cut.npy", "target=none", "cut.npy: has 24 bytes of data; its shape (2, 2) needs 32.");
    }

    [Fact]
    public async Task Open_ParquetCutShortOrChanged_IsAFault()
    {
        using var folder = new TemporaryFolder();
        await PointSample.Parquet(folder.At("cut.parquet"));
        var whole = await File.ReadAllBytesAsync(folder.At("cut.parquet"), TestContext.Current.CancellationToken);
        for (var length = 1; length < whole.Length; length += 97)
        {
            await File.WriteAllBytesAsync(folder.At("cut.parquet"), whole[..length],
                TestContext.Current.CancellationToken);
            RequireFault(folder, "cut.parquet", "", "cut.parquet: is no Parquet file, or is damaged or cut short: *");
        }
    }

    public static TheoryData<string, string> Arrays => new()
    {
        { "none", "holds no arrays." },
        { "nopositions", "has arrays a, b; expected coordinates in one of positions, points, coords, coordinates, " +
            "pos, xyz, data, or x, y, z, or the array that coords names." },
        { "flat", "array positions has shape (4); expected (sets, points, coordinates) or one set, or rows of all " +
            "sets with offsets." },
        { "mask", "array mask has shape (2, 3); expected (2, 2), one a point." },
        { "offsets", "array offsets, item 3: is 1 after 3; expected offsets that ascend to the 4 rows." },
        { "begin", "array offsets begins with 1; expected 0." },
        { "sizes", "array sizes sums to 5; expected the 4 rows." },
        { "empty", ", set 2: has no points; expected at least one." },
        { "label", "array label has shape (3); expected 2 sets, or 2 x 2 points." },
        { "nan", ", set 2, column 'positions_1': is NaN; expected a finite number." },
        { "same", ", set 2: set 'a' is there already, in {0}p.npz, set 1; expected each name of a set once." },
        { "objects", ", array label: has elements of type '|O'; expected <f8, <f4, <i8, <i4, <i2, |i1 or |u1." },
    };

    [Theory]
    [MemberData(nameof(Arrays))]
    public void Open_BrokenArrays_SaysWhichAndWhatWasExpected(string fault, string sentence)
    {
        var positions = ("positions", Npy.Doubles([1, 2, 3, 4, 5, 6, 7, 8], "(2, 2, 2)"));
        var rows = ("positions", Npy.Doubles([1, 2, 3, 4, 5, 6, 7, 8], "(4, 2)"));
        var label = ("label", Npy.Texts(["u", "v"], "(2,)"));
        (string, byte[])[] arrays = fault switch
        {
            "none" => [],
            "nopositions" => [("a", Npy.Doubles([1], "(1,)")), ("b", Npy.Doubles([1], "(1,)"))],
            "flat" => [("positions", Npy.Doubles([1, 2, 3, 4], "(4,)")), label],
            "mask" => [positions, label, ("mask", Npy.Make("|b1", "(2, 3)", new byte[6]))],
            "offsets" => [rows, label, ("offsets", Npy.Longs([0, 3, 1, 4], "(4,)"))],
            "begin" => [rows, label, ("offsets", Npy.Longs([1, 2, 4], "(3,)"))],
            "sizes" => [rows, label, ("sizes", Npy.Longs([2, 3], "(2,)"))],
            "empty" => [rows, ("label", Npy.Texts(["u", "v", "u"], "(3,)")), ("offsets", Npy.Longs([0, 2, 2, 4],
                "(4,)"))],
            "label" => [positions, ("label", Npy.Texts(["u", "v", "u"], "(3,)"))],
            "nan" => [("positions", Npy.Doubles([1, 2, 3, 4, double.NaN, 6, 7, 8], "(2, 2, 2)")), label],
            "same" => [positions, label, ("id", Npy.Texts(["a", "a"], "(2,)"))],
            _ => [positions, ("label", Npy.Make("|O", "(2,)", new byte[16]))],
        };
        using var folder = new TemporaryFolder();
        Npy.Zip(folder.At("p.npz"), arrays);
        RequireFault(folder, "p.npz", fault == "label" ? "target=label" : "",
            sentence[0] == ',' ? "p.npz" + sentence : "p.npz: " + sentence);
    }

    [Fact]
    public void Open_BrokenFolder_NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        Assert.StartsWith($"{folder.Path}: the folder holds no file of points; expected endings of .csv",
            Fault(folder.Path, ""));
        PointSample.Folder(folder.At("s"));
        File.WriteAllText(folder.At("s/d.csv"), "x,y,q,kind\n1,2,3,N\n");
        Assert.Equal($"{folder.At("s/labels.csv")}: has no row for d.csv; expected one for each " +
            "file.", Fault(folder.At("s"), ""));
        File.WriteAllText(folder.At("s/d.csv"), "x,q,kind\n1,3,N\n");
        File.AppendAllText(folder.At("s/labels.csv"), "d,cat\n");
        Assert.Equal($"{folder.At("s/d.csv")}: has no column 'y'; its columns are x, q, kind, " +
            "label.", Fault(folder.At("s"), ""));
        File.Move(folder.At("s/d.csv"), folder.At("s/a.tsv"));
        Assert.Equal($"{folder.At("s/a.tsv")}: is set 'a', as {folder.At("s/a.csv")} is; expected one file a set.",
            Fault(folder.At("s"), ""));
        File.Delete(folder.At("s/a.tsv"));
        File.AppendAllText(folder.At("s/labels.csv"), "d,dog\n");
        Assert.Equal($"{folder.At("s/labels.csv")}, line 6: has file 'd' again; expected each file once.",
            Fault(folder.At("s"), ""));
    }

    [Theory]
    [InlineData("(2, 2)", "(2, 3)", "b.npy: has 3 coordinates (x, y, z); expected 2 (x, y), as in the first file.")]
    [InlineData("(2, 3)", "(2, 2)", "b.npy: has no column 'z'; its columns are x, y, label.")]
    public void Open_MixedDimensions_AreAFault(string first, string second, string sentence)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("u"));
        Directory.CreateDirectory(folder.At("v"));
        File.WriteAllBytes(folder.At("u/a.npy"), Npy.Doubles(new double[first == "(2, 2)" ? 4 : 6], first));
        File.WriteAllBytes(folder.At("v/b.npy"), Npy.Doubles(new double[second == "(2, 2)" ? 4 : 6], second));
        Assert.Equal(folder.At("v/") + sentence, Fault(folder.Path, ""));
    }

    [Fact]
    public async Task Open_ParquetOfListsOrTimes_IsAFaultOnlyWhereTheyAreMeant()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using (var file = File.Create(folder.At("p.parquet")))
        {
            DataField[] fields =
                [new DataField<double>("x"), new DataField<DateTime>("when"), new DataField<int?>("q"),
                    new DataField<long>("id"), new DataField<string>("label")];
            await using var writer = await ParquetWriter.CreateAsync(
                new ParquetSchema(fields), file, cancellationToken: cancel);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(fields[0], new double[] { 1, 2 }, cancellationToken: cancel);
            await group.WriteAsync<DateTime>(
                fields[1], new[] { DateTime.UnixEpoch, DateTime.UnixEpoch }, cancellationToken: cancel);
            await group.WriteAsync<int>(fields[2], new int?[] { 1, null }, cancellationToken: cancel);
            await group.WriteAsync<long>(
                fields[3], new[] { 9007199254740992, 9007199254740993 }, cancellationToken: cancel);
            await group.WriteAsync(fields[4], ["u", "v"]);
            group.CompleteValidate();
        }

        RequireFault(folder, "p.parquet", "values=when", "p.parquet, column 'when': is of type DateTime; expected " +
            "numbers or texts.");
        RequireFault(folder, "p.parquet", "", "p.parquet, row 2, column 'q': is empty; expected a number.");
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("p.parquet"), Values = "none" },
            static _ => { });
        Assert.Equal("9007199254740993", sets.IdOf(1)); // more digits than a double has
    }

    [Fact]
    public void Open_NothingThere_IsAFault() => Assert.Equal(
        "/nowhere/p.csv: is not there; expected a file of points, or a folder of such.", Fault("/nowhere/p.csv", ""));

    [Fact]
    public void Open_ControlCharactersInAFile_AreNotPrinted()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("esc.csv"), "id,x,label\na,\u001b[31mred,cat\n");
        Assert.Equal($"{folder.At("esc.csv")}, line 2, column 'x': is '?[31mred'; expected a number.",
            Fault(folder.At("esc.csv"), ""));
    }

    private static void RequireFault(TemporaryFolder folder, string name, string options, string sentence)
    {
        var actual = Fault(folder.At(name), options);
        var expected = sentence.Replace("{0}", folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (expected.StartsWith(name, StringComparison.Ordinal)) expected = folder.At(expected);
        if (expected.EndsWith('*')) Assert.StartsWith(expected[..^1], actual);
        else Assert.Equal(expected, actual);
        Assert.DoesNotContain('\n', actual);
        Assert.DoesNotContain("   at ", actual);
    }

    private static string Fault(string path, string options)
    {
        string Value(string key) => options.Split(';').FirstOrDefault(part => part.StartsWith(key + '=',
            StringComparison.Ordinal))
            ?[(key.Length + 1)..] ?? "";
        var fault = Assert.ThrowsAny<Exception>(() => PointData.Open(new PointDataOptions
        {
            Path = path, Coords = Value("coords"), Values = Value("values"), Target = Value("target"),
                Kinds = Value("kinds"),
        }, static _ => { }));
        Assert.True(fault is InvalidDataException or ArgumentException, fault.ToString());
        return fault.Message;
    }

    private static void Cut(string path)
    {
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length * 2 / 3)]);
    }
}
