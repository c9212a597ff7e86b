using LieConv.Datasets.Points;

namespace LieConv.Tests.Datasets.Points;

/// <summary>Meshes, clouds and HDF5 as anyone's points.</summary>
public sealed class ShapeFormatTests
{
    [Fact]
    public void Open_FolderOfMeshes_DrawsPointsOfEach()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("a.off"), Shapes.ShapeTexts.Off);
        File.WriteAllBytes(folder.At("b.stl"), Shapes.ShapeTexts.StlBinary());
        File.WriteAllText(folder.At("c.xyz"), Shapes.ShapeTexts.Xyz);
        var options = new PointDataOptions { Path = folder.Path, MeshPoints = 30, Target = PointDataOptions.None };
        using var sets = PointData.Open(options, _ => { });
        Assert.Equal((3, "x,y,z", 0), (sets.Count, string.Join(',', sets.Schema.Coordinates), sets.Schema.Channels));
        Assert.Equal([30, 30, 5], Enumerable.Range(0, 3).Select(sets.SizeOf));
        using var vertices = PointData.Open(options with { MeshPoints = 0 }, _ => { });
        Assert.Equal([5, 5, 5], Enumerable.Range(0, 3).Select(vertices.SizeOf));
        using var other = PointData.Open(options with { MeshSeed = 1 }, _ => { });
        Assert.NotEqual(sets.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public void Open_H5OfModelNetsLayout_NeedsNoOptions()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(SampleFolder.Root, "shapes", "h5py.h5"), folder.At("clouds.h5"));
        var options = new PointDataOptions
        {
            Path = folder.At("clouds.h5"),
            Values = PointDataOptions.None,
            Target = "label",
            Kinds = "label:class",
        };
        using var sets = PointData.Open(options, _ => { });
        Assert.Equal((5, 3, 320L), (sets.Count, sets.Schema.Dimensions, sets.TotalPoints));
        Assert.Equal(["0", "1", "3", "7", "39"], sets.Schema.Targets[0].Classes);
        Assert.Equal(4, sets.TargetOf(2, 0));
        var positions = new double[192];
        sets.CopyPositions(4, positions);
        Assert.Equal(Enumerable.Range(768, 192).Select(i => i / 8.0), positions);
    }
}
