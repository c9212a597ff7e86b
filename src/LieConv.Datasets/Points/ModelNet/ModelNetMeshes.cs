using LieConv.Datasets.Points.Shapes;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.ModelNet;

/// <summary>Draws the clouds of .off meshes in folders class/train and class/test.</summary>
/// <param name="options">Which points are taken.</param>
/// <param name="classes">Names of the classes.</param>
internal sealed class ModelNetMeshes(ModelNet40Options options, IReadOnlyList<string> classes)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It has a fault: one sentence with the line.</exception>
    public ModelNetCloud Read(string path)
    {
        var kind = ClassOf(path);
        var label = classes.ToList().IndexOf(kind);
        if (label < 0)
            throw new InvalidDataException($"{path}: is in a folder '{PrintableText.Create(kind)}'; expected a class.");
        // Centre and size are those of as many points as the published clouds have.
        var points = SurfaceSampler.Sample(
            OffFile.Read(path), Math.Max(options.Points, ModelNet40Options.PublishedPoints), options.Seed);
        var width = points.Length / Math.Max(options.Points, ModelNet40Options.PublishedPoints);
        var positions = new double[points.Length / width * 3];
        for (var i = 0; i < positions.Length; i++) positions[i] = points[i / 3 * width + i % 3];
        if (!UnitSphere.TryFit(positions))
            throw new InvalidDataException($"{path}: has no size; expected a surface of finite size.");
        UnitSphere.StandUp(positions);
        // Single precision, as in the published files.
        for (var i = 0; i < positions.Length; i++) positions[i] = (float)positions[i];
        return new ModelNetCloud(Id(path, kind), path, positions[..(3 * options.Points)], label);
    }

    /// <summary>The class of a file: the name of the folder above train or test.</summary>
    public static string ClassOf(string path) =>
        Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path)))) ?? "";

    private static string Id(string path, string kind) => string.Join(
        '/', kind, Path.GetFileName(Path.GetDirectoryName(path)), Path.GetFileNameWithoutExtension(path));
}
