namespace LieConv.Tests.Architecture;

/// <summary>A folder uses folders of lower floors only: the table of docs/architecture.md, held against the compiled
/// assemblies.</summary>
public sealed class FloorTests
{
    /// <summary>The projects below src.</summary>
    public static TheoryData<string> Projects => ["LieConv", "LieConv.Datasets", "LieConv.Training", "LieConv.Cli"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_Dependencies_PointDownwardOnly(string project)
    {
        var table = FloorTable.Read(project);
        var wrong = FolderUse.Of(project).Where(use => !table.Allows(use));
        Assert.Empty(wrong.Select(use => $"{use.From} uses {use.To}: {use.Example}"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Table_Folders_AreThoseOfTheSources(string project)
    {
        var named = FloorTable.Read(project).Floors.SelectMany(floor => floor).ToArray();
        Assert.Equal(named.Distinct(), named);
        Assert.Equal(FolderUse.FoldersOf(project), named.Order(StringComparer.Ordinal));
    }

    /// <summary>The rule sees edges upwards: in a table turned upside down nearly all are.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Rule_TableUpsideDown_IsBroken(string project)
    {
        var table = FloorTable.Read(project);
        var reversed = table with { Floors = [.. table.Floors.Reverse()] };
        var uses = FolderUse.Of(project);
        Assert.NotEmpty(uses);
        Assert.DoesNotContain(uses, reversed.Allows);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Picture_InTheDocument_IsThatOfTheAssemblies(string project)
    {
        var drawn = FloorPicture.Draw(project);
        if (Environment.GetEnvironmentVariable("LIECONV_DRAW_FLOORS") == "1") FloorPicture.Replace(project, drawn);
        Assert.Equal(drawn, FloorPicture.Read(project));
    }
}
