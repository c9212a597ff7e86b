using LieConv.Datasets.Points.Shapes;

namespace LieConv.Datasets.Points;

/// <summary>
/// Files of meshes and points, each one set: the points of a cloud, or as many as the options ask for from the surface
/// of a mesh, or its vertices where they ask for none.
/// </summary>
/// <param name="extensions">Endings of its files.</param>
/// <param name="read">Reads a file.</param>
internal sealed class ShapeFormat(IReadOnlyList<string> extensions, Func<string, Shape> read) : PointFormat
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => extensions;

    /// <inheritdoc/>
    public override bool ReadsGzip => true;

    /// <inheritdoc/>
    public override void Read(PointFile file, PointSink sink)
    {
        var shape = read(file.Path);
        var drawn = shape.TriangleCount > 0 && file.Options.MeshPoints > 0;
        var rows = drawn
            ? SurfaceSampler.Sample(shape, file.Options.MeshPoints, file.Options.MeshSeed)
            : shape.Rows;
        sink.Begin(shape.Columns, "point");
        var width = shape.Columns.Count;
        for (var row = 0; row * width < rows.Length; row++)
        {
            for (var column = 0; column < width; column++) sink.Column(column)?.Add(rows[row * width + column]);
            sink.EndRow(row + 1);
        }
    }
}
