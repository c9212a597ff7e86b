namespace LieConv.Datasets.Points.Shapes;

/// <summary>Reads files of meshes and points by the ending of their name, plain or gzip.</summary>
public static class ShapeFile
{
    /// <summary>Endings that are read, without .gz.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".off", ".ply", ".obj", ".stl", ".xyz", ".pts"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; ".gz" may follow the ending of its format.</param>
    /// <exception cref="InvalidDataException">The ending is none of <see cref="Extensions"/>, or the file has a fault:
    /// one sentence with file, line or element, and what was expected.</exception>
    public static Shape Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(plain).ToLowerInvariant() switch
        {
            ".off" => OffFile.Read(path),
            ".ply" => PlyFile.Read(path),
            ".obj" => ObjFile.Read(path),
            ".stl" => StlFile.Read(path),
            ".xyz" or ".pts" => PointTextFile.Read(path),
            _ => throw new InvalidDataException(
                $"{path}: has no known ending; expected one of {string.Join(", ", Extensions)}."),
        };
    }
}
