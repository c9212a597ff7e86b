using System.Buffers.Binary;
using System.Text;

namespace LieConv.Tests.Native;

/// <summary>
/// Writes the smallest ELF64 shared object that requires symbol versions: header, .dynstr, .gnu.version_r and three
/// section headers (null, .dynstr, .gnu.version_r).
/// </summary>
internal static class ElfImage
{
    private const int HeaderSize = 64;
    private const int EntrySize = 16;

    /// <summary>A library (a Verneed) with the versions it must have (its Vernaux).</summary>
    public sealed record Library(string Name, params (string Version, ushort Flags)[] Versions);

    /// <summary>The bytes of the file.</summary>
    public static byte[] Create(params Library[] libraries)
    {
        var strings = new MemoryStream();
        strings.WriteByte(0);
        uint Name(string text)
        {
            var offset = (uint)strings.Position;
            strings.Write(Encoding.ASCII.GetBytes(text + "\0"));
            return offset;
        }

        var needs = new MemoryStream();
        for (var l = 0; l < libraries.Length; l++)
        {
            var (library, versions) = (libraries[l], libraries[l].Versions);
            var last = l == libraries.Length - 1;
            Write16(needs, 1, (ushort)versions.Length);
            Write32(needs, Name(library.Name), EntrySize, last ? 0u : (uint)(EntrySize * (1 + versions.Length)));
            for (var v = 0; v < versions.Length; v++)
            {
                Write32(needs, 0);                                                       // vna_hash, not read
                Write16(needs, versions[v].Flags, (ushort)(v + 2));
                Write32(needs, Name(versions[v].Version), v == versions.Length - 1 ? 0u : EntrySize);
            }
        }

        var (stringBytes, needBytes) = (strings.ToArray(), needs.ToArray());
        var needOffset = HeaderSize + stringBytes.Length;
        var image = new MemoryStream();
        image.Write(Header(needOffset + needBytes.Length));
        image.Write(stringBytes);
        image.Write(needBytes);
        image.Write(new byte[HeaderSize]);
        image.Write(Section(type: 3, HeaderSize, stringBytes.Length, link: 0, info: 0));
        image.Write(Section(0x6ffffffe, needOffset, needBytes.Length, link: 1, info: (uint)libraries.Length));
        return image.ToArray();
    }

    private static byte[] Header(int sectionHeaders)
    {
        var header = new byte[HeaderSize];
        byte[] identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];              // 64 bit, little-endian
        identity.CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(16), 3);                  // shared object
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(40), sectionHeaders);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(58), HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(60), 3);
        return header;
    }

    private static byte[] Section(uint type, int offset, int size, uint link, uint info)
    {
        var section = new byte[HeaderSize];
        BinaryPrimitives.WriteUInt32LittleEndian(section.AsSpan(4), type);
        BinaryPrimitives.WriteInt64LittleEndian(section.AsSpan(24), offset);
        BinaryPrimitives.WriteInt64LittleEndian(section.AsSpan(32), size);
        BinaryPrimitives.WriteUInt32LittleEndian(section.AsSpan(40), link);
        BinaryPrimitives.WriteUInt32LittleEndian(section.AsSpan(44), info);
        return section;
    }

    private static void Write16(MemoryStream stream, params ushort[] values)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    private static void Write32(MemoryStream stream, params uint[] values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }
}
