using LieConv.Datasets.Points;

namespace LieConv.Tests.Datasets.Points;

/// <summary>New files for a known schema: one bad set does not lose the others.</summary>
public sealed class PointPredictionTests
{
    private static readonly PointSchema Schema = new()
    {
        Coordinates = ["x", "y"],
        Values = [new PointValue("q", []), new PointValue("kind", ["C", "N", "O"])],
        Targets = [new PointTarget("label", PointTargetKind.Class, false, ["cat", "dog"])],
    };

    [Fact]
    public void Read_FileOfTheTraining_HasTheSameSets()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), PointSample.Csv());
        var found = Read(folder.At("t.csv"));
        Assert.Equal(["a", "b", "c"], found.Select(set => set.Id));
        Assert.All(found, set => Assert.Null(set.Fault));
        Assert.Equal([-3, 3, 0.1, 4, 1e-9, 5], found[1].Points!.Positions);
        Assert.Equal([-1, 1, 0, 0, 2, 0, 0, 1, 4, 0, 1, 0], found[1].Points!.Values);
        Assert.Equal([1], found[1].Points!.Targets[0]!);
        Assert.Equal([folder.At("t.csv")], Directory.GetFiles(folder.Path)); // nothing is kept of new files
    }

    [Fact]
    public void Read_WithoutTargetsAndOtherNames_IsRead()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "pos_x,pos_y,q,kind\n1,2,3,N\n");
        var set = Assert.Single(Read(folder.At("t.csv")));
        Assert.Equal([1, 2], set.Points!.Positions);
        Assert.Null(set.Points.Targets[0]);
        Assert.Equal("t", set.Id);
    }

    [Fact]
    public void Read_BadRows_LoseTheirSetsOnly()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("t.csv");
        File.WriteAllText(path, """
            id,x,y,q,kind,label
            a,1,2,3,N,cat
            b,1,nan,3,N,cat
            b,1,2,3,N,cat
            c,1,2,3
            d,1,2,3,X,cat
            e,1,2,3,N,bird
            f,1,,3,N,cat
            a,5,6,7,O,cat
            """);
        var found = Read(path);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], found.Select(set => set.Id));
        Assert.Equal([null,
            $"{path}, line 3, column 'y': is NaN; expected a finite number.",
            $"{path}, line 5: has 4 fields; expected 6, as the line of names has.",
            $"{path}, line 6, column 'kind': is 'X'; expected one of C, N, O, as in training.", null,
            $"{path}, line 8, column 'y': is empty; expected a number."], found.Select(set => set.Fault));
        Assert.Equal([1, 2, 5, 6], found[0].Points!.Positions);
        Assert.Null(found[4].Points!.Targets[0]); // a class that the network does not know
        Assert.Equal($"{path}, line 7", found[4].Place);
    }

    [Fact]
    public void Read_BadLinesOfSets_LoseThemselvesOnly()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("t.jsonl");
        File.WriteAllText(path, """
            {"id":"a","x":[1],"y":[2],"q":[3],"kind":["N"]}
            {"id":"b","x":[1],"y":[2]
            {"id":"c","x":[1,2],"y":[2],"q":[3,4],"kind":["N","C"]}
            {"id":"a","x":[1],"y":[2],"q":[3],"kind":["N"]}
            {"id":"d","x":[],"y":[],"q":[],"kind":[]}
            {"id":"e","x":[7],"y":[8],"q":[9],"kind":"C"}
            """);
        var found = Read(path);
        Assert.Equal(["a", "line 2", "c", "a", "d", "e"], found.Select(set => set.Id));
        Assert.Equal([null,
            $"{path}, line 2: is no JSON object: at byte 26 is its end; expected {{\"name\": value, ...}}.",
            $"{path}, line 3, column 'y': has 1 items, and 'x' has 2; expected one for each point in both.",
            $"{path}, line 4: set 'a' is there already, in {path}, line 1; expected each name of a set once.",
            $"{path}, line 5: has no points; expected at least one.", null], found.Select(set => set.Fault));
        Assert.Equal([7, 8], found[5].Points!.Positions);
    }

    [Fact]
    public void Read_BadFilesOfAFolder_LoseThemselvesOnly()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("0.parquet"), "garbage");
        File.WriteAllText(folder.At("1.csv"), "x,y,q,kind\n1,2,3,N\n");
        File.WriteAllText(folder.At("2.csv"), "x,q,kind\n1,2,N\n");
        File.WriteAllText(folder.At("3.csv"), "");
        File.WriteAllText(folder.At("4.jsonl"), "{\"positions\":[[4,5]],\"q\":[3],\"kind\":[\"C\"]}\n");
        File.WriteAllText(folder.At("4.csv"), "y,x,q,kind\n2,1,3,N\n");
        var found = Read(folder.Path);
        Assert.Equal(["0", "1", "2", "3", "4", "4/1"], found.Select(set => set.Id));
        Assert.StartsWith($"{folder.At("0.parquet")}: is no Parquet file", found[0].Fault);
        Assert.Equal($"{folder.At("2.csv")}: has columns x, q, kind; expected the 2 coordinates x, y of the training.",
            found[2].Fault);
        Assert.Equal($"{folder.At("3.csv")}: the file is empty.", found[3].Fault);
        Assert.Equal([1, 2], found[4].Points!.Positions);
        Assert.Equal([4, 5], found[5].Points!.Positions); // this file's own names
    }

    [Fact]
    public void Read_CutShort_KeepsWhatCameBefore()
    {
        using var folder = new TemporaryFolder();
        var text = "id,x,y,q,kind\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i =>
            $"s{i / 3},{i},{i * i},0.5,N\n"));
        PointSample.Gzip(folder.At("t.csv.gz"), text);
        var bytes = File.ReadAllBytes(folder.At("t.csv.gz"));
        File.WriteAllBytes(folder.At("t.csv.gz"), bytes[..(bytes.Length / 2)]);
        var found = Read(folder.At("t.csv.gz"));
        Assert.InRange(found.Count, 1000, 9999);
        Assert.All(found.Take(found.Count - 1), set => Assert.Null(set.Fault));
        Assert.NotNull(found[^1].Fault); // the last may lack rows
    }

    [Fact]
    public void Read_PointsOfAnotherDimension_AreAFault()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "x,y,z,q,kind\n1,2,3,4,N\n");
        var fault = Assert.Throws<InvalidDataException>(() => Read(folder.At("t.csv")));
        Assert.Equal($"{folder.At("t.csv")}: has 3 coordinates (x, y, z); expected 2 (x, y), as in " +
            "training.", fault.Message);
        var asked = PointData.Read(folder.At("t.csv"), Schema, new PointDataOptions { Coords = "x,y" });
        Assert.Equal([1, 2], Assert.Single(asked).Points!.Positions); // the training chose these of several
    }

    [Fact]
    public void Read_NothingThatFits_IsAFault()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "id,a,b\nu,1,2\n");
        var fault = Assert.Throws<InvalidDataException>(() => Read(folder.At("t.csv")));
        Assert.Equal($"{folder.At("t.csv")}: has columns id, a, b; expected the 2 coordinates x, y of the " +
            "training.", fault.Message);
    }

    private static List<FoundPoints> Read(string path) => [.. PointData.Read(path, Schema, new PointDataOptions())];
}
