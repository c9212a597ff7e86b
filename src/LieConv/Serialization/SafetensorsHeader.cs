using System.Text.Json;
using static TorchSharp.torch;

namespace LieConv.Serialization;

/// <summary>
/// Reads and checks the JSON header of a safetensors file. All checks are made against the length of the file before
/// any tensor is allocated, so that a damaged file can neither ask for much memory nor be half read.
/// </summary>
/// <param name="name">Name of the file for messages.</param>
/// <param name="dataLength">Bytes that follow the header.</param>
internal sealed class SafetensorsHeader(string name, long dataLength)
{
    public const string MetadataKey = "__metadata__";

    /// <summary>The limit of the reference implementation.</summary>
    public const long MaximumBytes = 100_000_000;

    /// <summary>Far more than any network uses, and few enough for torch.</summary>
    private const int MaximumRank = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IsEmpty || json.Span[0] != '{') throw Bad("its header does not begin with '{'");
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var entries = new List<SafetensorsEntry>();
            var metadata = new Dictionary<string, string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey) metadata = Metadata(property.Value);
                else entries.Add(Entry(property.Name, property.Value));
            }
            entries.Sort(static (a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
            CheckLayout(entries);
            return (entries, metadata);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is JSON but not Unicode.
            throw Bad($"its header is not valid JSON ({failure.Message.TrimEnd('.')})");
        }
    }

    private Dictionary<string, string> Metadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Bad($"{MetadataKey} is not an object of strings");
        var metadata = new Dictionary<string, string>();
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Bad($"{MetadataKey} entry '{property.Name}' is not a string");
            metadata.Add(property.Name, property.Value.GetString()!);
        }
        return metadata;
    }

    private SafetensorsEntry Entry(string key, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Bad($"tensor '{key}' is not described by an object");
        var dtype = Dtype(key, element);
        var shape = Numbers(key, element, "shape");
        if (shape.Length > MaximumRank)
            throw Bad($"tensor '{key}' has {shape.Length} dimensions; expected at most {MaximumRank}");
        var offsets = Numbers(key, element, "data_offsets");
        if (offsets.Length != 2)
            throw Bad($"data_offsets of tensor '{key}' holds {offsets.Length} numbers; expected 2");
        var (begin, end) = (offsets[0], offsets[1]);
        if (begin > end || end > dataLength)
            throw Bad($"tensor '{key}' lies at bytes {begin} to {end} of {dataLength}");
        var bytes = BytesOf(key, shape, dtype);
        if (end - begin != bytes)
            throw Bad($"tensor '{key}' of shape ({string.Join(", ", shape)}) takes {bytes} bytes, not {end - begin}");
        return new SafetensorsEntry(key, dtype, shape, begin, end);
    }

    private ScalarType Dtype(string key, JsonElement element)
    {
        if (!element.TryGetProperty("dtype", out var value) || value.ValueKind != JsonValueKind.String)
            throw Bad($"tensor '{key}' has no dtype");
        var text = value.GetString()!;
        if (SafetensorsDtype.TryParse(text, out var dtype)) return dtype;
        throw SafetensorsDtype.IsOfFormat(text)
            ? new InvalidDataException(
                $"'{name}': tensor '{key}' has dtype '{text}', which is not supported here; expected one of " +
                $"{SafetensorsDtype.Names}.")
            : Bad($"tensor '{key}' has the unknown dtype '{text}'; expected one of {SafetensorsDtype.Names}");
    }

    private long[] Numbers(string key, JsonElement element, string field)
    {
        if (!element.TryGetProperty(field, out var value) || value.ValueKind != JsonValueKind.Array)
            throw Bad($"tensor '{key}' has no {field}");
        return
        [
            .. value.EnumerateArray().Select(item =>
                item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0
                    ? number
                    : throw Bad($"{field} of tensor '{key}' holds {item.GetRawText()}; expected whole numbers from 0")),
        ];
    }

    private long BytesOf(string key, long[] shape, ScalarType dtype)
    {
        try
        {
            // Zeros count as ones in the check, since torch multiplies the other sizes for the strides.
            long elements = 1;
            foreach (var size in shape) elements = checked(elements * Math.Max(size, 1));
            var bytes = checked(elements * SafetensorsDtype.BytesOf(dtype));
            return shape.Contains(0) ? 0 : bytes;
        }
        catch (OverflowException)
        {
            throw Bad($"tensor '{key}' of shape ({string.Join(", ", shape)}) is larger than any memory");
        }
    }

    private void CheckLayout(List<SafetensorsEntry> entries)
    {
        long position = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != position)
            {
                var what = entry.Begin < position ? "overlaps the one before it" : "leaves a gap before it";
                throw Bad($"tensor '{entry.Name}' {what}: it begins at byte {entry.Begin}; expected {position}");
            }
            position = entry.End;
        }
        if (position != dataLength) throw Bad($"it holds {dataLength} bytes of data; expected {position}");
    }

    public InvalidDataException Bad(string what) => new($"'{name}' is not a valid safetensors file: {what}.");
}
