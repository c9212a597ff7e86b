using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace LieConv.Serialization;

/// <summary>
/// Reads and writes safetensors files (https://github.com/huggingface/safetensors, "Format"): eight bytes of header
/// length, a JSON header of names, types, shapes and offsets, then the tensors' bytes, little-endian and without gaps.
/// </summary>
public static class Safetensors
{
    private const int LengthBytes = 8;
    private const int BufferBytes = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">If the file cannot be read.</exception>
    /// <exception cref="InvalidDataException">If the file is damaged: one sentence that names the file and
    /// field.</exception>
    public static SafetensorsContents Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a seekable stream from its position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call the stream.</param>
    /// <exception cref="InvalidDataException">If the content is damaged: one sentence.</exception>
    public static SafetensorsContents Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var available = stream.Length - stream.Position;
        var outer = new SafetensorsHeader(name, 0);
        if (available < LengthBytes)
            throw outer.Bad($"it has {available} bytes; expected at least the {LengthBytes} of the header's length");
        Span<byte> prefix = stackalloc byte[LengthBytes];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)Math.Min(available - LengthBytes, SafetensorsHeader.MaximumBytes))
            throw outer.Bad($"its header claims {length} bytes of the {available - LengthBytes} that follow");
        var json = new byte[length];
        stream.ReadExactly(json);
        var header = new SafetensorsHeader(name, available - LengthBytes - json.Length);
        var (entries, metadata) = header.Parse(json);
        return new SafetensorsContents(ReadTensors(stream, entries, header), metadata);
    }

    /// <summary>Writes a file atomically.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="tensors">Tensors by name, on any device.</param>
    /// <param name="metadata">Free text by name.</param>
    /// <exception cref="IOException">If the disk is full or the path cannot be written; an old file stays
    /// whole.</exception>
    public static void Write(
        string path, IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes to a stream. The same tensors and metadata always give the same bytes.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="tensors">Tensors by name, on any device.</param>
    /// <param name="metadata">Free text by name.</param>
    /// <exception cref="ArgumentException">If a name or an element type cannot be stored.</exception>
    public static void Write(
        Stream stream, IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.ContainsKey(SafetensorsHeader.MetadataKey))
            throw new ArgumentException($"A tensor cannot be called {SafetensorsHeader.MetadataKey}.", nameof(tensors));

        // Wide types first, so that every tensor is aligned in the file; then by name, so that bytes are reproducible.
        var ordered = tensors
            .OrderByDescending(pair => SafetensorsDtype.BytesOf(pair.Value.dtype))
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .ToArray();
        var json = Header(ordered, metadata ?? new Dictionary<string, string>());
        Span<byte> prefix = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        stream.Write(prefix);
        stream.Write(json);
        foreach (var (_, tensor) in ordered)
        {
            if (tensor.numel() == 0) continue;
            using var scope = NewDisposeScope();
            tensor.detach().cpu().contiguous().WriteBytesToStream(stream, BufferBytes);
        }
    }

    private static byte[] Header(
        KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (metadata.Count > 0)
            {
                writer.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    writer.WriteString(key, value);
                writer.WriteEndObject();
            }
            long position = 0;
            foreach (var (key, tensor) in tensors) position = WriteEntry(writer, key, tensor, position);
            writer.WriteEndObject();
        }
        while (buffer.Length % LengthBytes != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static long WriteEntry(Utf8JsonWriter writer, string key, Tensor tensor, long position)
    {
        var end = position + tensor.numel() * SafetensorsDtype.BytesOf(tensor.dtype);
        writer.WriteStartObject(key);
        writer.WriteString("dtype", SafetensorsDtype.NameOf(tensor.dtype));
        writer.WriteStartArray("shape");
        foreach (var size in tensor.shape) writer.WriteNumberValue(size);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(position);
        writer.WriteNumberValue(end);
        writer.WriteEndArray();
        writer.WriteEndObject();
        return end;
    }

    private static Dictionary<string, Tensor> ReadTensors(
        Stream stream, List<SafetensorsEntry> entries, SafetensorsHeader header)
    {
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            foreach (var entry in entries)
            {
                var tensor = empty(entry.Shape, entry.Dtype).DetachFromDisposeScope();
                tensors.Add(entry.Name, tensor);
                if (entry.End == entry.Begin) continue;
                tensor.ReadBytesFromStream(stream, BufferBytes);
                if (entry.Dtype == ScalarType.Bool && tensor.bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
                    throw header.Bad($"tensor '{entry.Name}' is BOOL but holds bytes other than 0 and 1");
            }
            return tensors;
        }
        catch (Exception failure)
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            if (failure is EndOfStreamException) throw header.Bad("it ends before its last tensor");
            throw;
        }
    }
}
