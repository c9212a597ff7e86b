using System.Runtime.InteropServices;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>
/// Reads .ply meshes and clouds (Stanford's polygon format), text or binary in both orders of bytes. All numbers of the
/// vertices become columns, x, y and z first; faces are lists vertex_indices or vertex_index; other elements and lists
/// are passed over.
/// </summary>
internal static class PlyFile
{
    private static readonly string[] Axes = ["x", "y", "z"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It has a fault: one sentence with the line or the element.</exception>
    public static Shape Read(string path) => Parse(ShapeBytes.Read(path), path);

    /// <summary>Reads a content; <paramref name="name"/> stands for it in messages.</summary>
    public static Shape Parse(byte[] content, string name)
    {
        var header = PlyHeader.Parse(content, name);
        var vertices = header.Elements.FirstOrDefault(element => element.Name == "vertex")
            ?? throw new InvalidDataException($"{name}: has no element vertex; expected one with x, y and z.");
        PlyCells cells = header.Format == "ascii"
            ? new PlyTextCells(content, header.Length, header.Lines, name)
            : new PlyBinaryCells(content, header.Length, header.Format == "binary_big_endian", name);
        var scalars = vertices.Properties.Where(property => property.CountType is null)
            .Select(property => property.Name).ToArray();
        string[] columns = [.. Axes.Intersect(scalars), .. scalars.Except(Axes)];
        var dimensions = columns.Intersect(Axes).Count();
        if (dimensions < 2 || !columns.AsSpan(0, dimensions).SequenceEqual(Axes.AsSpan(0, dimensions)))
            throw new InvalidDataException($"{name}: element vertex has no x and y; expected x, y and z.");

        var shape = new ShapeBuilder(name, columns, dimensions);
        foreach (var element in header.Elements)
        {
            cells.Expect(element);
            if (element == vertices) ReadVertices(cells, element, columns, shape);
            else if (element.Name == "face") ReadFaces(cells, element, vertices.Count, shape, name);
            else Skip(cells, element);
        }

        cells.Finish();
        return shape.Build();
    }

    private static void ReadVertices(PlyCells cells, PlyElement element, string[] columns, ShapeBuilder shape)
    {
        var row = new double[columns.Length];
        var places = element.Properties.Select(property => Array.IndexOf(columns, property.Name)).ToArray();
        for (var i = 1L; i <= element.Count; i++)
        {
            cells.Begin(element.Name, i);
            for (var k = 0; k < places.Length; k++)
                if (element.Properties[k].CountType is null) row[places[k]] = cells.Next(element.Properties[k].Type);
                else SkipList(cells, element.Properties[k]);
            cells.End();
            if (shape.AddPoint(row) is { } fault) throw cells.Fault(fault);
        }
    }

    private static void ReadFaces(PlyCells cells, PlyElement element, long vertices, ShapeBuilder shape, string name)
    {
        var list = element.Properties.FirstOrDefault(property =>
            property.CountType is not null && property.Name is "vertex_indices" or "vertex_index");
        if (list is null && element.Count > 0)
            throw new InvalidDataException($"{name}: element face has no list vertex_indices; expected one.");
        var corners = new List<long>();
        for (var i = 1L; i <= element.Count; i++)
        {
            cells.Begin(element.Name, i);
            foreach (var property in element.Properties)
            {
                if (property != list) SkipProperty(cells, property);
                else ReadCorners(cells, property, corners);
            }

            cells.End();
            if (shape.AddFace(CollectionsMarshal.AsSpan(corners), vertices) is { } fault) throw cells.Fault(fault);
        }
    }

    private static void ReadCorners(PlyCells cells, PlyProperty list, List<long> corners)
    {
        corners.Clear();
        for (var rest = Length(cells, list); rest > 0; rest--)
        {
            var corner = cells.Next(list.Type);
            if (corner != Math.Floor(corner) || Math.Abs(corner) > uint.MaxValue)
                throw cells.Fault("expected corners as whole numbers");
            corners.Add((long)corner);
        }
    }

    private static long Length(PlyCells cells, PlyProperty list)
    {
        var length = cells.Next(list.CountType!.Value);
        return length >= 0 && length <= uint.MaxValue && length == Math.Floor(length)
            ? (long)length
            : throw cells.Fault($"expected the length of {list.Name} as a whole number from 0");
    }

    private static void Skip(PlyCells cells, PlyElement element)
    {
        for (var i = 1L; i <= element.Count; i++)
        {
            cells.Begin(element.Name, i);
            foreach (var property in element.Properties) SkipProperty(cells, property);
            cells.End();
        }
    }

    private static void SkipProperty(PlyCells cells, PlyProperty property)
    {
        if (property.CountType is null) cells.Next(property.Type);
        else SkipList(cells, property);
    }

    private static void SkipList(PlyCells cells, PlyProperty list)
    {
        for (var rest = Length(cells, list); rest > 0; rest--) cells.Next(list.Type);
    }
}
