using LieConv.Datasets.Points.Shapes;

namespace LieConv.Datasets.Points;

/// <summary>All formats of points that are read.</summary>
internal static class PointFormats
{
    private const string Gzip = ".gz";

    /// <summary>The formats.</summary>
    public static IReadOnlyList<PointFormat> All { get; } =
    [
        new DelimitedFormat(), new ParquetFormat(), new JsonLinesFormat(), new NumpyFormat(),
        new Hdf5Format(),
        new ShapeFormat([".off"], OffFile.Read), new ShapeFormat([".ply"], PlyFile.Read),
        new ShapeFormat([".obj"], ObjFile.Read), new ShapeFormat([".stl"], StlFile.Read),
        new ShapeFormat([".xyz", ".pts"], PointTextFile.Read),
    ];

    /// <summary>The format of a file by its ending, or null.</summary>
    public static PointFormat? TryFind(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var packed = path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase);
        var extension = Path.GetExtension(packed ? path[..^Gzip.Length] : path);
        return All.FirstOrDefault(format => (!packed || format.ReadsGzip)
            && format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }
}
