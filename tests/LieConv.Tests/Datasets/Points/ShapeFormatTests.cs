using LieConv.Datasets.Points;
using PureHDF;

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

    /// <summary>Padded by sizes, by a mask, and one after another by offsets: the same sets.</summary>
    [Fact]
    public void Open_H5ThreeWays_GivesTheSameSets()
    {
        using var folder = new TemporaryFolder();
        var (charges, labels) = (new double[] { 1, 2, 0, 4, 5, 6 }, new[] { 7, 8 });
        var padded = new double[] { 0, 1, 2, 3, 0, 0, 6, 7, 8, 9, 10, 11 };
        Write("sizes.h5", new H5Dataset(padded, fileDims: [2, 3, 2]), new H5Dataset(charges, fileDims: [2, 3]),
            "sizes", new H5Dataset(new long[] { 2, 3 }));
        Write("mask.h5", new H5Dataset(padded, fileDims: [2, 3, 2]), new H5Dataset(charges, fileDims: [2, 3]),
            "mask", new H5Dataset(new byte[] { 1, 1, 0, 1, 1, 1 }, fileDims: [2, 3]));
        Write("offsets.h5", new H5Dataset(new double[] { 0, 1, 2, 3, 6, 7, 8, 9, 10, 11 }, fileDims: [5, 2]),
            new H5Dataset(new double[] { 1, 2, 4, 5, 6 }), "offsets", new H5Dataset(new int[] { 0, 2, 5 }));
        foreach (var name in new[] { "sizes.h5", "mask.h5", "offsets.h5" })
        {
            using var sets = PointData.Open(
                new PointDataOptions { Path = folder.At(name), Kinds = "label:number" }, _ => { });
            Assert.Equal((2, 2, 1, 3), (sets.Count, sets.Schema.Dimensions, sets.Schema.Channels, sets.SizeOf(1)));
            var (positions, values) = (new double[6], new double[3]);
            sets.CopyPositions(1, positions);
            sets.CopyValues(1, values);
            Assert.Equal([6, 7, 8, 9, 10, 11], positions);
            Assert.Equal([4, 5, 6], values);
            Assert.Equal((7.0, 8.0), (sets.TargetOf(0, 0), sets.TargetOf(1, 0)));
        }

        void Write(string name, H5Dataset positions, H5Dataset charge, string third, H5Dataset how) => new H5File
        {
            ["positions"] = positions, ["charge"] = charge, ["label"] = labels, [third] = how,
        }.Write(folder.At(name));
    }

    /// <summary>A broken file of new ones does not lose the others.</summary>
    [Fact]
    public void Read_NewFilesWithBrokenOnes_GivesTheOthers()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("a.off"), "OFF\n1 0 0\n0 0\n");
        File.WriteAllText(folder.At("b.off"), Shapes.ShapeTexts.Off);
        File.WriteAllText(folder.At("c.off"), "OFF\n3 1 0\n0 0 0\n1 0 0\n2 0 0\n3 0 1 2\n");
        File.WriteAllBytes(folder.At("d.stl"), Shapes.ShapeTexts.StlBinary()[..^1]);
        File.WriteAllText(folder.At("e.xyz"), "1 2\n");
        var schema = new PointSchema { Coordinates = ["x", "y", "z"] };
        var found = PointData.Read(folder.Path, schema, new PointDataOptions { MeshPoints = 9 }).ToArray();
        Assert.Equal(5, found.Length);
        Assert.Equal((9, null), (found[1].Points!.Count, found[1].Fault));
        Assert.Equal($"{folder.At("a.off")}, line 3: expected vertex 1 of 1 as 3 numbers, not '0 0'.", found[0].Fault);
        Assert.Equal($"{folder.At("c.off")}: its 1 triangles have no area; expected a surface to draw points from.",
            found[2].Fault);
        string[] starts =
            [$"{folder.At("d.stl")}: has 233 bytes; expected 234", $"{folder.At("e.xyz")}: has columns x, y;"];
        for (var i = 0; i < starts.Length; i++)
            Assert.StartsWith(starts[i], found[3 + i].Fault, StringComparison.Ordinal);
    }
}
