using System.Text.Json;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>
/// JSON Lines: an object a line. Where the first has an array, each line is a set: arrays hold a number, a text or a
/// row of numbers for each point, all else is the same for the set. Else each line is a point.
/// </summary>
internal sealed class JsonLinesFormat : PointFormat
{
    private const int MostLineBytes = 1 << 29;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => [".jsonl", ".ndjson"];

    /// <inheritdoc/>
    public override bool ReadsGzip => true;

    /// <inheritdoc/>
    public override void Read(PointFile file, PointSink sink) => TextFile.ReadStream(file.Path, text =>
    {
        var lines = new LineReader(text, file.Name, MostLineBytes);
        JsonLinesReader? reader = null;
        while (lines.Next(out var line))
        {
            if (line.IndexOfAnyExcept(" \t"u8) < 0) continue;
            if (!TryParse(line, out var json, out var fault))
            {
                if (reader is null) throw new InvalidDataException($"{file.Name}, line {lines.Number}: {fault}.");
                reader.Refuse(lines.Number, fault);
                continue;
            }

            using (json)
            {
                reader ??= new JsonLinesReader(json.RootElement, sink);
                reader.Read(json.RootElement, lines.Number);
            }
        }

        return reader is null
            ? throw new InvalidDataException($"{file.Name}: the file is empty; expected a JSON object a line.")
            : true;
    });

    private static bool TryParse(ReadOnlySpan<byte> line, out JsonDocument json, out string fault)
    {
        var place = 0L;
        try
        {
            var reader = new Utf8JsonReader(line);
            json = JsonDocument.ParseValue(ref reader);
            place = reader.BytesConsumed;
            if (json.RootElement.ValueKind == JsonValueKind.Object && line[(int)place..].IndexOfAnyExcept(" \t"u8) < 0)
            {
                fault = "";
                return true;
            }

            json.Dispose();
        }
        catch (JsonException damage)
        {
            place = damage.BytePositionInLine ?? 0;
        }

        json = null!;
        var rest = line[(int)Math.Clamp(place, 0, line.Length)..];
        fault = FormattableString.Invariant($"is no JSON object: at byte {place + 1} is ") +
            (rest.IsEmpty ? "its end" : $"'{PrintableText.Shortened(rest, 20)}'") + "; expected {\"name\": value, ...}";
        return false;
    }
}
