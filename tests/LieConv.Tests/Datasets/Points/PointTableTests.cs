using LieConv.Datasets.Points;

namespace LieConv.Tests.Datasets.Points;

/// <summary>What columns are taken for, by name, by content and by option, and that it is said.</summary>
public sealed class PointTableTests
{
    /// <summary>Header, first row, and the line that is said.</summary>
    public static TheoryData<string, string, string> Guesses => new()
    {
        { "set,x,y,z,label", "a,1,2,3,u", "coordinates x, y, z; no values; sets by set; target label (*" },
        { "x,label", "1,u", "coordinates x; no values; sets as they are in the file; target label (*" },
        { "ID,X,Y,Label", "a,1,2,u", "coordinates X, Y; no values; sets by ID; target Label (*" },
        { "id,x1,x2,x3,x4,class", "a,1,2,3,4,u", "coordinates x1, x2, x3, x4; no values; sets by id; target class (*" },
        { "id,x0,x1,y", "a,1,2,0.5", "coordinates x0, x1; no values; sets by id; target y (*" },
        { "sample_id,pos_x,pos_y,mass,y_force", "a,1,2,3,0.5",
            "coordinates pos_x, pos_y; values mass; sets by sample_id; target y_force (*" },
        { "px,py,id,target,index", "1,2,a,0.5,0", "coordinates px, py; no values; sets by id; target target (*; not " +
            "used: index." },
        { "set,id,x,y,charge,label", "a,7,1,2,3,u", "coordinates x, y; values charge; sets by set; target label (*; " +
            "not used: id." },
        { "id,x,y,group,split,label", "a,1,2,g,train,u",
            "coordinates x, y; no values; sets by id; target label (*; groups by group; parts by split." },
        { "id,coord.x,coord.y,label,target_e", "a,1,2,u,0.5",
            "coordinates coord.x, coord.y; no values; sets by id; target label (*, target_e (*" },
    };

    [Theory]
    [MemberData(nameof(Guesses))]
    public void Open_ColumnsByName_AreSaidInOneLine(string header, string row, string line)
    {
        var other = string.Join(',', row.Split(',').Select(cell => cell switch { "a" => "b", "u" => "v", _ => cell }));
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), $"{header}\n{row}\n{other}\n");
        var said = new List<string>();
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, said.Add);
        var columns = Assert.Single(said, text => text.StartsWith("Columns: ", StringComparison.Ordinal));
        var place = 0;
        foreach (var part in ("Columns: " + line).Split('*'))
        {
            var found = columns.IndexOf(part, place, StringComparison.Ordinal);
            Assert.True(found >= 0 && (place > 0 || found == 0), columns);
            place = found + part.Length;
        }
    }

    /// <summary>Labels of rows (a set of two points each but for those with a dot before), kinds, and the
    /// target.</summary>
    public static TheoryData<string, string, PointTargetKind, bool, string> Targets => new()
    {
        { "a a b b", "", PointTargetKind.Class, false, "a b" },
        { "a b b b", "", PointTargetKind.Class, true, "a b" },
        { "0 0 1 1 0 0 1 1", "", PointTargetKind.Class, false, "0 1" },
        { "10 10 9 9 10 10 9 9", "", PointTargetKind.Class, false, "9 10" }, // by value
        { "1.0 1 2 2 1.0 1 2 2", "", PointTargetKind.Class, false, "1 2" },
        { "1 1 2 2 3 3 4 4", "", PointTargetKind.Number, false, "" }, // each set has its own
        { "0.5 0.5 1 1 2 2", "", PointTargetKind.Number, false, "" },
        { "0.5 1 1 1", "", PointTargetKind.Number, true, "" },
        { "0 0 1 1 0 0 1 1", "v:number", PointTargetKind.Number, false, "" },
        { "1 1 2 2 3 3 4 4", "v:class", PointTargetKind.Class, false, "1 2 3 4" },
        { "a a b b", "v:points", PointTargetKind.Class, true, "a b" },
        { "1 1 x x 1 1", "", PointTargetKind.Class, false, "1 x" }, // a text makes all of them texts
        { "a ? ? b", "", PointTargetKind.Class, false, "a b" }, // once in each set is enough
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void Open_TargetKind_IsThatOfItsCells(
        string cells, string kinds, PointTargetKind kind, bool ofPoints, string classes)
    {
        using var folder = new TemporaryFolder();
        var labels = cells.Split(' ').Select(cell => cell == "?" ? "" : cell).ToArray();
        File.WriteAllText(folder.At("t.csv"),
            "id,x,v\n" + string.Concat(labels.Select((label, i) => $"s{i / 2},{i},{label}\n")));
        using var sets = PointData.Open(
            new PointDataOptions { Path = folder.At("t.csv"), Target = "v", Kinds = kinds }, static _ => { });
        var target = Assert.Single(sets.Schema.Targets);
        Assert.Equal((kind, ofPoints, classes), (target.Kind, target.OfPoints, string.Join(' ', target.Classes)));
        var found = new double[2];
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].Length == 0) continue;
            sets.CopyTargets(i / 2, 0, found);
            var value = kind == PointTargetKind.Class ? target.Classes[(int)found[i % 2]] : PointSample.R(found[i % 2]);
            Assert.Equal(labels[i].Replace(".0", "", StringComparison.Ordinal), value);
        }
    }

    [Fact]
    public void Open_LabelByName_IsAClassThoughEachSetHasItsOwn()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "id,x,label\na,1,3\nb,1,7\n");
        var said = new List<string>();
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, said.Add);
        Assert.Equal(["3", "7"], sets.Schema.Targets[0].Classes);
        Assert.Contains($"Class '3' of 'label' has one set only, 'a' ({folder.At("t.csv")}, line 2); expected two or " +
            "more: it cannot be trained on and tested.", said);
    }

    [Fact]
    public void Open_OptionsName_ColumnsInAnyOrderAndWhateverTheirCapitals()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "e,b,a,name,q,f,m\n1,2,3,s,5,0.5,u\n2,2,3,t,5,1.5,v\n");
        using var sets = PointData.Open(new PointDataOptions
        {
            Path = folder.At("t.csv"), Coords = "A, b", Values = "q,e", Id = "name", Target = "f", Group = "m",
            Kinds = "e:class",
        }, static _ => { });
        Assert.Equal(["a", "b"], sets.Schema.Coordinates);
        Assert.Equal([new PointValue("q", []), new PointValue("e", ["1", "2"])], sets.Schema.Values);
        Assert.Equal((3, "s", "u", null), (sets.Schema.Channels, sets.IdOf(0), sets.GroupOf(0), sets.SplitOf(0)));
        var values = new double[3];
        sets.CopyValues(1, values);
        Assert.Equal([5, 0, 1], values);
    }

    [Fact]
    public void Open_GuessedColumnOfManyTexts_IsLeftOutAndSaid()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "x,note,q,label\n" +
            string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},n{i},{i + 0.5},{i % 2}\n")));
        var said = new List<string>();
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, said.Add);
        Assert.Equal(["q"], sets.Schema.Values.Select(value => value.Name));
        Assert.Contains("'note' is left out: it has more than 64 different texts.", said);
        var values = new double[100];
        sets.CopyValues(0, values);
        Assert.Equal(99.5, values[99]);
    }

    [Fact]
    public void Open_OneSetOfManyVaries_IsSaid()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "id,x,label\n" + string.Concat(
            Enumerable.Range(0, 40).Select(i => $"s{i / 2},{i},{(i == 7 ? "odd" : i / 2 % 2 == 0 ? "a" : "b")}\n")));
        var said = new List<string>();
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, said.Add);
        Assert.True(sets.Schema.Targets[0].OfPoints);
        Assert.Contains(said, line => line.StartsWith("'label' varies within 1 of 20 sets only (first in " +
            "", StringComparison.Ordinal)
            && line.Contains("line 9: 'odd' after 'b'", StringComparison.Ordinal)
            && line.EndsWith("kinds label:set asks for one of each set.", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_RowsOfASetApart_ArePutTogetherAndSaid()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "id,x,label\na,1,u\nb,2,v\na,3,u\n");
        var said = new List<string>();
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, said.Add);
        var positions = new double[2];
        sets.CopyPositions(0, positions);
        Assert.Equal([1, 3], positions);
        Assert.Contains($"Rows of a set do not follow one another, such as those of 'a' from {folder.At("t.csv")}, " +
            $"line 2 and from {folder.At("t.csv")}, line 4 on; they were put together.", said);
    }

    [Fact]
    public void Open_FoldersOfClasses_GiveLabelAndPart()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "train/cup/1.csv", "train/bowl/1.csv", "test/cup/2.csv" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
            File.WriteAllText(folder.At(name), "x,y\n1,2\n");
        }

        File.WriteAllText(folder.At("readme.txt"), "");
        var said = new List<string>();
        using var sets = PointData.Open(new PointDataOptions { Path = folder.Path }, said.Add);
        Assert.Equal(["bowl", "cup"], sets.Schema.Targets[0].Classes);
        Assert.Equal(["test/cup/2 1 test", "train/bowl/1 0 train", "train/cup/1 1 " +
            "train"], Enumerable.Range(0, 3).Select(
            set => FormattableString.Invariant($"{sets.IdOf(set)} {sets.TargetOf(set, 0)} {sets.SplitOf(set)}")));
        Assert.Contains($"{folder.Path}: 1 files of other kinds are left out.", said);
        Directory.Delete(Path.GetFullPath(folder.Path + "/test"), true);
        foreach (var cache in Directory.GetFiles(Path.GetDirectoryName(folder.Path)!,
            Path.GetFileName(folder.Path) + ".*"))
            File.Delete(cache);
    }

    [Fact]
    public void Open_FolderOfTablesWithId_ReadsSetsOverAllFiles()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("s"));
        File.WriteAllText(folder.At("s/1.csv"), "id,x,label\na,1,u\nb,2,v\n");
        File.WriteAllText(folder.At("s/2.csv"), "x,id,label\n3,b,v\n4,c,u\n");
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("s"), Id = "id" }, static _ => { });
        Assert.Equal([1, 2, 1], Enumerable.Range(0, sets.Count).Select(sets.SizeOf));
        Assert.Equal($"{folder.At("s/2.csv")}, line 3", sets.PlaceOf(2));
    }

    [Fact]
    public void Open_NumbersBeyondSinglePrecision_AreKept()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "x,y,q,label\n0.1,0.5,16777217,a\n0.25,1,0,b\n");
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv"), Kinds = "label:points" },
            static _ => { });
        var (positions, values) = (new double[4], new double[2]);
        sets.CopyPositions(0, positions);
        sets.CopyValues(0, values);
        Assert.Equal([0.1, 0.5, 0.25, 1], positions);
        Assert.Equal([16777217, 0], values);
        Assert.Throws<ArgumentException>(() => sets.TargetOf(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => sets.SizeOf(1));
        Assert.Throws<ArgumentException>(() => sets.CopyValues(0, new double[1]));
    }

    [Fact]
    public void Describe_Sets_AreCountedInWords()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), PointSample.Csv());
        using var sets = PointData.Open(new PointDataOptions { Path = folder.At("t.csv") }, static _ => { });
        Assert.Equal("3 sets of 1 to 3 points (x, y) with 2 values from t.csv", sets.Description);
        Assert.Equal($"{folder.At("t.csv")}, line 4", sets.PlaceOf(1));
    }
}
