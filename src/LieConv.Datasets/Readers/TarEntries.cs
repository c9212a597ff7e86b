using System.Globalization;
using System.Text;

namespace LieConv.Datasets.Readers;

/// <summary>
/// The regular files of a .tar archive (POSIX.1-1988 ustar, with the long names of GNU and of POSIX.1-2001), one after
/// another. No size in a header is believed before it is compared with what a file of this library's data can have:
/// System.Formats.Tar takes memory for whatever an extended header claims.
/// </summary>
/// <param name="archive">The archive, at its start.</param>
/// <param name="name">Stands for it in messages.</param>
/// <param name="mostBytes">Longest file that is accepted.</param>
internal sealed class TarEntries(Stream archive, string name, int mostBytes)
{
    private const int Block = 512;

    /// <summary>Longest name or list of attributes.</summary>
    private const int MostHeaderBytes = 1 << 16;

    private readonly byte[] _header = new byte[Block];
    private readonly byte[] _content = new byte[mostBytes];
    private readonly byte[] _skipped = new byte[1 << 14];
    private string? _longName;
    private long? _longSize;

    /// <summary>Takes the next regular file.</summary>
    /// <param name="entry">Its name with folders.</param>
    /// <param name="content">Its bytes, valid until the next call.</param>
    /// <returns>False at the end of the archive.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged, or a file too long: one sentence.</exception>
    public bool Next(out string entry, out ReadOnlySpan<byte> content)
    {
        entry = "";
        content = default;
        while (ReadHeader())
        {
            var (type, size) = (_header[156], Size());
            switch (type)
            {
                case (byte)'L':
                    _longName = Encoding.UTF8.GetString(Attributes(size)).TrimEnd('\0');
                    continue;
                case (byte)'x':
                    ReadAttributes(Attributes(size));
                    continue;
                case (byte)'g' or (byte)'K':
                    Attributes(size);
                    continue;
            }

            entry = _longName ?? ShortName();
            size = _longSize ?? size;
            (_longName, _longSize) = (null, null);
            var isFile = type is 0 or (byte)'0' or (byte)'7' && !entry.EndsWith('/');
            if (isFile) RequireSmall(size, entry);
            // Links and folders have no data, whatever their size says; other kinds are passed over.
            if (!isFile && type is >= (byte)'1' and <= (byte)'6') continue;
            if (!isFile)
            {
                Skip(size);
                Skip(Padding(size));
                continue;
            }

            Take(_content.AsSpan(0, (int)size));
            content = _content.AsSpan(0, (int)size);
            return true;
        }

        return false;
    }

    private void RequireSmall(long size, string entry)
    {
        if (size > mostBytes)
            throw new InvalidDataException(
                $"{name}, {entry}: has {size} bytes; expected the text of one molecule, at most {mostBytes} bytes.");
    }

    /// <summary>Reads a header; false at the block of zeros, or the end of the stream, that ends the archive.</summary>
    private bool ReadHeader()
    {
        var got = archive.ReadAtLeast(_header, Block, throwOnEndOfStream: false);
        if (got == 0) return false;
        if (got < Block) throw Damaged("it ends within a header");
        if (!_header.AsSpan().ContainsAnyExcept((byte)0)) return false;
        var sum = 0L;
        // The checksum itself counts as blanks.
        for (var i = 0; i < Block; i++) sum += i is >= 148 and < 156 ? (byte)' ' : _header[i];
        if (Number(_header.AsSpan(148, 8)) != sum) throw Damaged("a header's checksum is not that of its content");
        return true;
    }

    private long Size() => Number(_header.AsSpan(124, 12)) is >= 0 and var size
        ? size
        : throw Damaged("a header's size cannot be read");

    /// <summary>A number in octal digits, or as GNU writes large ones, in binary after a first bit; -1 where it is
    /// neither.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var part in field[1..])
            {
                if (value > long.MaxValue >> 8) return -1;
                value = value << 8 | part;
            }

            return field[0] == 0x80 ? value : -1;
        }

        var digits = field.Trim(" \0"u8);
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value > long.MaxValue >> 3) return -1;
            value = value << 3 | (long)(digit - (byte)'0');
        }

        return value;
    }

    private string ShortName()
    {
        var own = Field(0, 100);
        var hasPrefix = _header.AsSpan(257, 6).SequenceEqual("ustar\0"u8);
        return hasPrefix && Field(345, 155) is { Length: > 0 } prefix ? $"{prefix}/{own}" : own;
    }

    private string Field(int start, int length)
    {
        var field = _header.AsSpan(start, length);
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private byte[] Attributes(long size)
    {
        if (size > MostHeaderBytes)
            throw Damaged($"an extended header claims {size} bytes; expected at most {MostHeaderBytes}");
        var bytes = new byte[size];
        Take(bytes);
        return bytes;
    }

    /// <summary>Records 'LENGTH KEY=VALUE\n', of which path and size matter.</summary>
    private void ReadAttributes(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            var blank = records.IndexOf((byte)' ');
            if (blank < 1 || !int.TryParse(records[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= blank + 1 || length > records.Length)
                throw Damaged("an extended header cannot be read");
            var pair = Encoding.UTF8.GetString(records[(blank + 1)..length]).TrimEnd('\n').Split('=', 2);
            if (pair is ["path", var path]) _longName = path;
            if (pair is ["size", var size])
                _longSize = long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw Damaged("an extended header's size cannot be read");
            records = records[length..];
        }
    }

    /// <summary>Reads data and what fills their last block.</summary>
    private void Take(Span<byte> data)
    {
        if (archive.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length)
            throw Damaged("it ends within a file");
        Skip(Padding(data.Length));
    }

    private static long Padding(long size) => (Block - size % Block) % Block;

    private void Skip(long bytes)
    {
        var rest = bytes;
        while (rest > 0)
        {
            var got = archive.Read(_skipped.AsSpan(0, (int)Math.Min(rest, _skipped.Length)));
            if (got == 0) throw Damaged("it ends within a file");
            rest -= got;
        }
    }

    // FileBundle says at which entry.
    private static FormatException Damaged(string what) => new(what);
}
