using System.Text;
using System.Text.Json;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.ModelNet;

/// <summary>
/// ModelNet40 (Wu et al., "3D ShapeNets: a deep representation for volumetric shapes", CVPR 2015): shapes of 40
/// classes, from the h5 files of PointNet (Qi et al., CVPR 2017), 2048 points each, or drawn from the .off meshes in
/// the same way; 9,840 training and 2,468 test clouds as published. Mean 0, the farthest point at distance 1, y up.
/// </summary>
public static class ModelNet40
{
    /// <summary>What the split's column says of training shapes.</summary>
    public const string Train = "train";

    /// <summary>What it says of test shapes.</summary>
    public const string Test = "test";

    private const string Folder = "modelnet40-points";
    private const string NamesFile = "shape_names.txt";

    /// <summary>Must change whenever the same files would give other points.</summary>
    private const int Version = 1;

    /// <summary>Reads the shapes, or opens what an earlier run kept.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="log">Takes lines about what was found, for people.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="InvalidDataException">There are no such files, or one has a fault.</exception>
    public static PointSets Load(ModelNet40Options options, Action<string>? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors));
        var root = Path.GetFullPath(options.DataRoot ?? DataFolder.Default);
        var files = ModelNetFiles.Find(root) ?? throw new InvalidDataException(
            $"The data folder '{root}' has no ModelNet40: expected ply_data_train0.h5 and the others of " +
            "modelnet40_ply_hdf5_2048, or .off files in folders class/train and class/test.");
        var classes = Classes(files);
        var schema = new PointSchema
        {
            Coordinates = ["x", "y", "z"],
            Targets =
            [
                new PointTarget("class", PointTargetKind.Class, false, [.. classes.Order(StringComparer.Ordinal)]),
            ],
        };
        var key = JsonSerializer.Serialize(new { Version, options.Points, options.RandomPoints, options.Seed, classes })
            + Content(files);
        var kept = new KeptPoints(root, Folder, key);
        if (kept.TryOpen(log) is { } sets) return sets;
        log?.Invoke($"Reading ModelNet40 from {files.Folder}.");
        using var builder = new PointSetsBuilder(schema, "ModelNet40");
        var read = Reader(files, options, classes);
        Add(builder, read, files.Train, Train, classes, schema);
        Add(builder, read, files.Test, Test, classes, schema);
        return kept.Keep(builder, log);
    }

    /// <summary>A shape from elsewhere as those of the data are: mean 0, the farthest point at distance 1, y up.</summary>
    /// <param name="points">Points in space.</param>
    /// <param name="isZUp">Whether z is up in them, as in the .off files.</param>
    /// <returns>The shape; null where it has no size.</returns>
    /// <exception cref="ArgumentException">If the points are not of three coordinates.</exception>
    public static PointRecord? Fit(PointRecord points, bool isZUp)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Positions.Length != 3 * points.Count)
            throw new ArgumentException("The points do not have three coordinates.", nameof(points));
        double[] positions = [.. points.Positions];
        if (!UnitSphere.TryFit(positions)) return null;
        if (isZUp) UnitSphere.StandUp(positions);
        return points with { Positions = positions };
    }

    private static Func<string, IReadOnlyList<ModelNetCloud>> Reader(
        ModelNetFiles files, ModelNet40Options options, IReadOnlyList<string> classes)
    {
        if (!files.AreMeshes) return new ModelNetClouds(options, classes.Count).Read;
        var meshes = new ModelNetMeshes(options, classes);
        return path => [meshes.Read(path)];
    }

    // Files are read side by side and added in their order, so that a run is like every other.
    private static void Add(
        PointSetsBuilder builder, Func<string, IReadOnlyList<ModelNetCloud>> read, IReadOnlyList<string> files,
        string split, IReadOnlyList<string> classes, PointSchema schema)
    {
        var sorted = schema.Targets[0].Classes.ToList();
        var numbers = classes.Select(name => (double)sorted.IndexOf(name)).ToArray();
        foreach (var clouds in SideBySide.Read(files, read))
            foreach (var cloud in clouds)
                builder.Add(cloud.Id, cloud.Place, cloud.Positions, [], [numbers[cloud.Label]], null, split);
    }

    // Names beside the h5 files, or of the folders; the 40 where neither tells.
    private static IReadOnlyList<string> Classes(ModelNetFiles files)
    {
        if (files.AreMeshes)
        {
            var folders = files.Train.Concat(files.Test).Select(ModelNetMeshes.ClassOf).Distinct().ToArray();
            return folders.All(ModelNet40Classes.Names.Contains)
                ? ModelNet40Classes.Names
                : [.. folders.Order(StringComparer.Ordinal)];
        }

        var path = Path.Combine(files.Folder, NamesFile);
        if (!File.Exists(path)) return ModelNet40Classes.Names;
        var names = Encoding.UTF8.GetString(TextFile.Read(path))
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 && names.Distinct().Count() == names.Length
            ? names
            : throw new InvalidDataException($"{path}: expected different names of classes, one a line.");
    }

    private static string Content(ModelNetFiles files) => string.Join('\n', files.Train.Concat(files.Test)
        .Select(path => new FileInfo(path))
        .Select(file => FormattableString.Invariant($"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
}
