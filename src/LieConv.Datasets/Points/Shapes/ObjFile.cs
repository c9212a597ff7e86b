using System.Runtime.InteropServices;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>
/// Reads vertices and faces of Wavefront's .obj: v x y z, with a weight, which is left out, or with three colours, and
/// f with corners as 3, 3/1, 3//2 or 3/1/2, counted from 1 or back from the last vertex by negative numbers. All other
/// statements are passed over.
/// </summary>
internal static class ObjFile
{
    private const int MostNumbers = 7;
    private static readonly string[] Plain = ["x", "y", "z"];
    private static readonly string[] Coloured = ["x", "y", "z", "red", "green", "blue"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It has a fault: one sentence with the line.</exception>
    public static Shape Read(string path) => Parse(TextFile.Read(path), path);

    /// <summary>Reads a text; <paramref name="name"/> stands for it in messages.</summary>
    public static Shape Parse(ReadOnlySpan<byte> text, string name)
    {
        var lines = new ContentLines(text, name);
        ShapeBuilder? shape = null;
        var faces = new FaceList();
        while (lines.TryNext(out var line))
        {
            var fields = new TextFields(line);
            fields.Next(out var word);
            if (word.SequenceEqual("v"u8)) AddVertex(ref shape, line[1..], lines, name);
            else if (word.SequenceEqual("f"u8)) faces.Add(fields, line, lines, shape?.Count ?? 0);
            else if (!char.IsAsciiLetter((char)word[0]))
                throw lines.Fault("a statement such as v or f", line);
        }

        shape ??= new ShapeBuilder(name, Plain, Plain.Length);
        // A face may stand before its vertices: only now are all known.
        faces.AddTo(shape, name);
        return shape.Build();
    }

    private static void AddVertex(ref ShapeBuilder? shape, ReadOnlySpan<byte> numbers, ContentLines lines, string name)
    {
        Span<double> row = stackalloc double[MostNumbers];
        var found = ContentLines.Numbers(numbers, row);
        var width = found switch { 3 or 4 => 3, 6 => 6, _ => 0 };
        if (width == 0 || (shape is not null && shape.Width != width))
            throw lines.Fault(shape is null ? "a vertex of 3, 4 or 6 numbers"
                : $"a vertex of {shape.Width} numbers as those before", numbers);
        shape ??= new ShapeBuilder(name, width == 3 ? Plain : Coloured, Plain.Length);
        if (shape.AddPoint(row[..width]) is { } fault) throw lines.Fault(fault);
    }

    private sealed class FaceList
    {
        private readonly List<long> _corners = [];
        private readonly List<(int Line, int Corners)> _faces = [];

        public void Add(TextFields fields, ReadOnlySpan<byte> line, ContentLines lines, int vertices)
        {
            var count = 0;
            while (fields.Next(out var field))
            {
                var slash = field.IndexOf((byte)'/');
                if (!TextFields.TryWhole(slash < 0 ? field : field[..slash], out var number) || number == 0)
                    throw lines.Fault("corners as numbers of vertices from 1, or negative ones", line);
                if (number < -vertices)
                    throw lines.Fault($"corners down to -{vertices}, the first vertex so far", line);
                _corners.Add(number > 0 ? number - 1 : vertices + number);
                count++;
            }

            _faces.Add((lines.Number, count));
        }

        public void AddTo(ShapeBuilder shape, string name)
        {
            var rest = CollectionsMarshal.AsSpan(_corners);
            foreach (var (line, corners) in _faces)
            {
                if (shape.AddFace(rest[..corners], shape.Count, first: 1) is { } fault)
                    throw new InvalidDataException($"{name}, line {line}: {fault}.");
                rest = rest[corners..];
            }
        }
    }
}
