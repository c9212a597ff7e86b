using System.Text;
using LieConv.Datasets.Basics;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>Reads .stl meshes of text: any number of solids.</summary>
internal static class StlText
{
    /// <summary>Reads a text; <paramref name="name"/> stands for it in messages.</summary>
    /// <exception cref="InvalidDataException">It has a fault: one sentence with the line.</exception>
    public static Shape Parse(ReadOnlySpan<byte> text, string name)
    {
        var lines = new ContentLines(text, name);
        var vertices = new StlVertices(name);
        while (lines.TryNext(out var line))
        {
            if (!StartsWith(line, "solid"u8)) throw lines.Fault("solid", line);
            ReadSolid(ref lines, vertices);
        }

        return vertices.Build();
    }

    private static void ReadSolid(ref ContentLines lines, StlVertices vertices)
    {
        while (true)
        {
            var line = lines.Next("facet or endsolid");
            if (StartsWith(line, "endsolid"u8)) return;
            if (!StartsWith(line, "facet"u8)) throw lines.Fault("facet or endsolid", line);
            Require(ref lines, "outer loop", "outer"u8);
            for (var k = 0; k < 3; k++) ReadVertex(ref lines, vertices, k);
            Require(ref lines, "endloop", "endloop"u8);
            Require(ref lines, "endfacet", "endfacet"u8);
        }
    }

    private static void ReadVertex(ref ContentLines lines, StlVertices vertices, int k)
    {
        if (!lines.TryNext(out var line)) throw lines.End($"vertex {k + 1} of 3 of a facet");
        Span<double> row = stackalloc double[3];
        if (!StartsWith(line, "vertex"u8) || ContentLines.Numbers(line["vertex"u8.Length..], row) != 3)
            throw lines.Fault($"vertex {k + 1} of 3 of a facet, with 3 numbers", line);
        if (vertices.Add(row[0], row[1], row[2]) is { } fault) throw lines.Fault(fault);
    }

    private static void Require(ref ContentLines lines, string expected, ReadOnlySpan<byte> word)
    {
        var line = lines.Next(expected);
        if (!StartsWith(line, word)) throw lines.Fault($"{expected}", line);
    }

    // The word as the first field, in any case.
    private static bool StartsWith(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
    {
        var fields = new TextFields(line);
        return fields.Next(out var field) && Ascii.EqualsIgnoreCase(field, word);
    }
}
