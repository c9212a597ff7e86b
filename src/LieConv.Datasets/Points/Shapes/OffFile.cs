using System.Runtime.InteropServices;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>
/// Reads .off meshes (Geomview's object file format): OFF, the numbers of vertices, faces and edges, on the same line
/// or the next, then vertices and faces. ModelNet40 has files whose numbers follow OFF without a blank. Normals (NOFF),
/// colours (COFF) and texture coordinates (STOFF) become columns.
/// </summary>
internal static class OffFile
{
    private static readonly string[] Coordinates = ["x", "y", "z"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It has a fault: one sentence with the line.</exception>
    public static Shape Read(string path) => Parse(TextFile.Read(path), path);

    /// <summary>Reads a text; <paramref name="name"/> stands for it in messages.</summary>
    public static Shape Parse(ReadOnlySpan<byte> text, string name)
    {
        var lines = new ContentLines(text, name);
        var header = lines.Next("OFF");
        var mark = header.IndexOf("OFF"u8);
        if (mark < 0) throw lines.Fault("OFF", header);
        var columns = Columns(header[..mark], lines);
        var counts = header[(mark + 3)..].TrimStart(" \t"u8);
        if (counts.StartsWith("BINARY"u8)) throw lines.Fault("expected an OFF file of text, not a binary one");
        if (counts.IsEmpty) counts = lines.Next("the numbers of vertices, faces and edges");
        var (vertices, faces) = Counts(counts, lines);
        var promised = lines.Number;

        var shape = ReadVertices(ref lines, name, columns, vertices);
        ReadFaces(ref lines, shape, vertices, faces);
        return lines.TryNext(out var rest)
            ? throw lines.Fault($"the end after the {vertices} vertices and {faces} faces that line " +
                $"{promised} promises", rest)
            : shape.Build();
    }

    private static List<string> Columns(ReadOnlySpan<byte> prefix, ContentLines lines)
    {
        var columns = new List<string>(Coordinates);
        var rest = prefix.Trim(" \t"u8);
        var texture = rest.StartsWith("ST"u8);
        if (texture) rest = rest[2..];
        var colours = rest.StartsWith("C"u8);
        if (colours) rest = rest[1..];
        if (rest.StartsWith("N"u8))
        {
            rest = rest[1..];
            columns.AddRange(["nx", "ny", "nz"]);
        }

        if (colours) columns.AddRange(["red", "green", "blue", "alpha"]);
        if (texture) columns.AddRange(["s", "t"]);
        return rest.IsEmpty ? columns : throw lines.Fault("OFF, COFF, NOFF, CNOFF or these after ST", prefix);
    }

    private static (int Vertices, int Faces) Counts(ReadOnlySpan<byte> line, ContentLines lines)
    {
        var fields = new TextFields(line);
        return fields.NextWhole(out var vertices) && fields.NextWhole(out var faces) && vertices >= 0 && faces >= 0
            && (!fields.Next(out var edges) || (TextFields.TryWhole(edges, out _) && !fields.Next(out _)))
                ? (vertices, faces)
                : throw lines.Fault("the numbers of vertices, faces and edges", line);
    }

    private static ShapeBuilder ReadVertices(
        ref ContentLines lines, string name, List<string> columns, int vertices)
    {
        ShapeBuilder? shape = null;
        Span<double> row = stackalloc double[columns.Count];
        var width = columns.Count;
        for (var i = 0; i < vertices; i++)
        {
            if (!lines.TryNext(out var line)) throw lines.End($"vertex {i + 1} of {vertices}");
            var found = ContentLines.Numbers(line, row);
            if (shape is null && found == width - 1 && columns.Remove("alpha")) width--;
            if (found != width)
                throw lines.Fault($"vertex {i + 1} of {vertices} as {width} numbers", line);
            shape ??= new ShapeBuilder(name, columns, Coordinates.Length);
            if (shape.AddPoint(row[..width]) is { } fault) throw lines.Fault(fault);
        }

        return shape ?? new ShapeBuilder(name, columns, Coordinates.Length);
    }

    private static void ReadFaces(ref ContentLines lines, ShapeBuilder shape, int vertices, int faces)
    {
        var corners = new List<long>();
        for (var i = 0; i < faces; i++)
        {
            if (!lines.TryNext(out var line)) throw lines.End($"face {i + 1} of {faces}");
            var fields = new TextFields(line);
            if (!fields.NextWhole(out var count) || count < 0)
                throw lines.Fault($"face {i + 1} of {faces}: the number of its corners and the corners", line);
            corners.Clear();
            for (var k = 0; k < count; k++)
            {
                if (!fields.NextWhole(out var corner))
                    throw lines.Fault($"face {i + 1} of {faces} with {count} corners", line);
                corners.Add(corner);
            }

            // What follows is the face's colour.
            if (shape.AddFace(CollectionsMarshal.AsSpan(corners), vertices) is { } fault)
                throw lines.Fault(fault);
        }
    }
}
