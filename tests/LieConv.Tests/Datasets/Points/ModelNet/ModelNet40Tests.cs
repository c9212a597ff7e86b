using LieConv.Datasets.Points.ModelNet;
using LieConv.Datasets.Points.Shapes;
using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace LieConv.Tests.Datasets.Points.ModelNet;

/// <summary>ModelNet40 from both layouts.</summary>
public sealed class ModelNet40Tests
{
    private static readonly string Chair = Path.Combine(SampleFolder.Root, "shapes", "chair_0002.off");

    [Fact]
    public void Load_H5Files_AreTheCloudsInOrderWithTheirSplit()
    {
        using var folder = new TemporaryFolder();
        WriteClouds(folder.At("ply_data_train0.h5"), 3, 40, [0, 39, 8]);
        WriteClouds(folder.At("ply_data_train10.h5"), 1, 40, [2]);
        WriteClouds(folder.At("ply_data_train2.h5"), 1, 40, [1]);
        WriteClouds(folder.At("ply_data_test0.h5"), 2, 40, [8, 8]);
        using var sets = ModelNet40.Load(new ModelNet40Options { DataRoot = folder.Path, Points = 16 });
        Assert.Equal(7, sets.Count);
        Assert.Equal(["airplane", "xbox", "chair", "bathtub", "bed", "chair", "chair"],
            Enumerable.Range(0, 7).Select(set => sets.Schema.Targets[0].Classes[(int)sets.TargetOf(set, 0)]));
        Assert.Equal(["train", "train", "train", "train", "train", "test", "test"],
            Enumerable.Range(0, 7).Select(sets.SplitOf));
        Assert.Equal("ply_data_train0-2", sets.IdOf(1));
        var positions = new double[16 * 3];
        sets.CopyPositions(1, positions);
        Assert.Equal(Enumerable.Range(0, 48).Select(i => (double)Cloud(1, 40)[i]), positions);
    }

    [Fact]
    public void Load_RandomPoints_AreOthersOfTheCloudBySeed()
    {
        using var folder = new TemporaryFolder();
        WriteClouds(folder.At("ply_data_train0.h5"), 2, 40, [0, 1]);
        WriteClouds(folder.At("ply_data_test0.h5"), 1, 40, [2]);
        var options = new ModelNet40Options { DataRoot = folder.Path, Points = 16, RandomPoints = true, Seed = 5 };
        var (first, again) = (Positions(options, 1), Positions(options, 1));
        Assert.Equal(first, again);
        Assert.NotEqual(first, Positions(options with { Seed = 6 }, 1));
        Assert.NotEqual(first, Positions(options with { RandomPoints = false }, 1));
        var cloud = Cloud(1, 40).Select(number => (double)number).Chunk(3).Select(p => (p[0], p[1], p[2])).ToHashSet();
        var drawn = first.Chunk(3).Select(p => (p[0], p[1], p[2])).ToHashSet();
        Assert.Equal(16, drawn.Count);
        Assert.Subset(cloud, drawn);
    }

    [Fact]
    public void Load_Meshes_AreCentredOnTheUnitSphereWithYUp()
    {
        using var folder = new TemporaryFolder();
        foreach (var part in new[] { "train", "test" })
        {
            Directory.CreateDirectory(Path.Combine(folder.At("chair"), part));
            File.Copy(Chair, Path.Combine(folder.At("chair"), part, $"chair_{part}.off"));
        }

        var options = new ModelNet40Options { DataRoot = folder.Path, Points = ModelNet40Options.PublishedPoints };
        var positions = Positions(options, 0);
        for (var axis = 0; axis < 3; axis++)
            Assert.Equal(0, positions.Where((_, i) => i % 3 == axis).Average(), 1e-6);
        Assert.Equal(1, positions.Chunk(3).Max(point => Math.Sqrt(point.Sum(x => x * x))), 1e-6);

        // The height of the mesh, its z, is the y of the points.
        var mesh = ShapeFile.Read(Chair).Rows.ToArray();
        Assert.Equal(Extent(mesh, 2) / Extent(mesh, 0), Extent(positions, 1) / Extent(positions, 0), 0.02);
        Assert.Equal(positions[..300], Positions(options with { Points = 100 }, 0));
        using var sets = ModelNet40.Load(options);
        Assert.Equal(("chair/train/chair_train", "train"), (sets.IdOf(0), sets.SplitOf(0)));
        Assert.Equal("chair", sets.Schema.Targets[0].Classes[(int)sets.TargetOf(0, 0)]);
    }

    [Fact]
    public void Load_Faults_AreOneSentence()
    {
        using var folder = new TemporaryFolder();
        var options = new ModelNet40Options { DataRoot = folder.Path, Points = 16 };
        Assert.StartsWith($"The data folder '{folder.Path}' has no ModelNet40: expected ply_data_train0.h5",
            Fault(options), StringComparison.Ordinal);
        WriteClouds(folder.At("ply_data_train0.h5"), 2, 40, [0, 40]);
        Assert.Equal($"{folder.Path}: has a training part but no test part.", Fault(options));
        WriteClouds(folder.At("ply_data_test0.h5"), 1, 40, [0]);
        var train = folder.At("ply_data_train0.h5");
        Assert.Equal($"{train}: label of cloud 2 is 40; expected 0 to 39.", Fault(options));
        Assert.Equal($"{train}: has 40 points a cloud; expected at least the 41 asked for.",
            Fault(options with { Points = 41 }));
        WriteClouds(train, 2, 40, [0, 1, 2]);
        Assert.Equal($"{train}: array 'label' is 3 x 1; expected 2 x 1.", Fault(options));
        File.WriteAllBytes(train, File.ReadAllBytes(train)[..100]);
        Assert.Equal($"{train}: the HDF5 file is damaged or cut short.", Fault(options));
        Assert.Equal("Points is 0; expected 1 to 1000000. Seed is -1; expected 0 to 4294967295.", Assert.Throws<
            ArgumentException>(() => ModelNet40.Load(new ModelNet40Options { Points = 0, Seed = -1 })).Message);
    }

    private static double Extent(double[] positions, int axis)
    {
        var numbers = positions.Where((_, i) => i % 3 == axis).ToArray();
        return numbers.Max() - numbers.Min();
    }

    private static string Fault(ModelNet40Options options) =>
        Assert.Throws<InvalidDataException>(() => ModelNet40.Load(options)).Message;

    private static double[] Positions(ModelNet40Options options, int set)
    {
        using var sets = ModelNet40.Load(options);
        var positions = new double[3 * sets.SizeOf(set)];
        sets.CopyPositions(set, positions);
        return positions;
    }

    private static float[] Cloud(int number, int points) =>
        [.. Enumerable.Range(0, 3 * points).Select(i => MathF.Round(MathF.Sin(1000 * number + i), 3))];

    private static void WriteClouds(string path, int clouds, int points, byte[] labels)
    {
        var data = Enumerable.Range(0, clouds).SelectMany(number => Cloud(number, points)).ToArray();
        var creation = new H5DatasetCreation(Filters: [DeflateFilter.Id]);
        new H5File
        {
            ["data"] = new H5Dataset(data, chunks: [1, 16, 1], fileDims: [(ulong)clouds, (ulong)points, 3],
                datasetCreation: creation),
            ["label"] = new H5Dataset(
                labels, chunks: [1, 1], fileDims: [(ulong)labels.Length, 1], datasetCreation: creation),
        }.Write(path);
    }
}
