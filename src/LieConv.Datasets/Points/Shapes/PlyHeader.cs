using System.Globalization;
using System.Text;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>The header of a .ply file.</summary>
/// <param name="Format">ascii, binary_little_endian or binary_big_endian.</param>
/// <param name="Elements">The kinds of elements, in the order of the file.</param>
/// <param name="Length">Bytes of the header.</param>
/// <param name="Lines">Lines of the header.</param>
internal sealed record PlyHeader(string Format, IReadOnlyList<PlyElement> Elements, int Length, int Lines)
{
    private const int MostLines = 10_000;
    private const int MostCharacters = 1000;

    /// <summary>Reads the header at the start of a file.</summary>
    /// <exception cref="InvalidDataException">It has a fault: one sentence with the line.</exception>
    public static PlyHeader Parse(ReadOnlySpan<byte> content, string name)
    {
        var elements = new List<PlyElement>();
        var (format, at) = ("", 0);
        for (var number = 1; number <= MostLines; number++)
        {
            var length = content[at..].IndexOf((byte)'\n');
            if (length is < 0 or > MostCharacters)
                throw new InvalidDataException(number == 1 && !content.StartsWith("ply"u8)
                    ? $"{name}: is no .ply file: its first line is not 'ply'."
                    : $"{name}, line {number}: expected a line of the header, but the file ends before end_header.");
            var line = Encoding.Latin1.GetString(content.Slice(at, length)).TrimEnd('\r', ' ', '\t');
            at += length + 1;
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (number == 1)
            {
                if (line == "ply") continue;
                throw new InvalidDataException($"{name}: is no .ply file: its first line is not 'ply'.");
            }

            if (words is ["end_header"]) return Checked(new PlyHeader(format, elements, at, number), name);
            if (!Understand(words, ref format, elements)) throw new InvalidDataException(
                $"{name}, line {number}: expected format, element, property, comment or end_header, " +
                $"not '{PrintableText.Shortened(line)}'.");
        }

        throw new InvalidDataException($"{name}: has a header of more than {MostLines} lines.");
    }

    private static bool Understand(string[] words, ref string format, List<PlyElement> elements)
    {
        switch (words)
        {
            case [] or ["comment" or "obj_info", ..]:
                return true;
            case ["format", "ascii" or "binary_little_endian" or "binary_big_endian", "1.0"] when format.Length == 0:
                format = words[1];
                return true;
            case ["element", var kind, var text] when elements.All(element => element.Name != kind)
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
                elements.Add(new PlyElement(kind, count, []));
                return true;
            case ["property", "list", var countName, var typeName, var list]
                when PlyProperty.TryParse(countName) is { } countType and not (PlyType.Float32 or PlyType.Float64)
                && PlyProperty.TryParse(typeName) is { } type:
                return Add(elements, new PlyProperty(list, type, countType));
            case ["property", var typeName, var property] when PlyProperty.TryParse(typeName) is { } type:
                return Add(elements, new PlyProperty(property, type, null));
            default:
                return false;
        }
    }

    private static bool Add(List<PlyElement> elements, PlyProperty property)
    {
        if (elements.Count == 0 || elements[^1].Properties.Any(other => other.Name == property.Name)) return false;
        elements[^1] = elements[^1] with { Properties = [.. elements[^1].Properties, property] };
        return true;
    }

    private static PlyHeader Checked(PlyHeader header, string name)
    {
        if (header.Format.Length == 0)
            throw new InvalidDataException($"{name}: has no format line; expected 'format ascii 1.0' or a binary one.");
        foreach (var element in header.Elements)
            if (element.Count > 0 && element.Properties.Count == 0)
                throw new InvalidDataException($"{name}: element {PrintableText.Shortened(element.Name)} has no " +
                    "properties; expected at least one.");
        return header;
    }
}
