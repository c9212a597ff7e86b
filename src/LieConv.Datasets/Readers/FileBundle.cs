using System.IO.Compression;

namespace LieConv.Datasets.Readers;

/// <summary>
/// The files in an archive (.tar, .tar.gz, .tar.bz2 or .zip, told by its first bytes) or a folder, one after another
/// and never all at once.
/// </summary>
internal static class FileBundle
{
    /// <summary>Text of one molecule takes a few kilobytes; a larger entry is something else.</summary>
    private const int LargestEntry = 1 << 22;

    private const int BufferSize = 1 << 20;

    /// <summary>Takes one file.</summary>
    /// <param name="name">Its name without folders.</param>
    /// <param name="content">Its bytes, valid during the call.</param>
    public delegate void Visitor(string name, ReadOnlySpan<byte> content);

    /// <summary>Visits all files.</summary>
    /// <param name="path">Archive or folder.</param>
    /// <param name="visit">Takes each file.</param>
    /// <exception cref="InvalidDataException">The archive is damaged, or a file cannot be read.</exception>
    public static void Visit(string path, Visitor visit)
    {
        if (Directory.Exists(path)) VisitFolder(path, visit);
        else
            DataFile.Read(path, file =>
            {
                VisitArchive(file, path, visit);
                return true;
            });
    }

    private static void VisitFolder(string path, Visitor visit)
    {
        var files = Directory.GetFiles(path, "*.xyz");
        Array.Sort(files, StringComparer.Ordinal);
        foreach (var file in files) visit(Path.GetFileName(file), TextFile.Read(file));
    }

    /// <summary>Visits all files of an archive that is a seekable stream; <paramref name="path"/> stands for it.
    /// </summary>
    public static void VisitArchive(Stream file, string path, Visitor visit)
    {
        Span<byte> start = stackalloc byte[4];
        var got = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (got < 4) throw new InvalidDataException($"{path}: is no archive: it has only {got} bytes.");
        var last = "the first entry";
        try
        {
            void Remember(string name, ReadOnlySpan<byte> content)
            {
                last = "the entry after " + name;
                visit(name, content);
            }

            if (start.StartsWith("PK"u8)) VisitZip(file, path, Remember);
            else VisitTar(Decompress(file, start, path), path, Remember);
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            throw new InvalidDataException(
                $"{path}: the archive is damaged at {last}: {damage.Message.TrimEnd('.')}.", damage);
        }
    }

    // Our own errors are InvalidDataException and name the file already; TarReader's of that type do not.
    private static bool IsDamage(Exception failure) =>
        failure is ICSharpCode.SharpZipLib.SharpZipBaseException or EndOfStreamException or FormatException
            or IndexOutOfRangeException or OverflowException
        || (failure is InvalidDataException && failure.Source?.StartsWith("System.", StringComparison.Ordinal) == true);

    private static Stream Decompress(Stream file, ReadOnlySpan<byte> start, string path)
    {
        if (start.StartsWith("BZh"u8))
            return new BufferedStream(new UnpackedStream(new Bzip2Stream(file), file.Length, path), BufferSize);
        return start[0] == 0x1f && start[1] == 0x8b ? UnpackedStream.OfGzip(file, path) : file;
    }

    private static void VisitTar(Stream content, string path, Visitor visit)
    {
        var entries = new TarEntries(content, path, LargestEntry);
        while (entries.Next(out var entry, out var text)) Visit(Path.GetFileName(entry), text, visit);

        // A compressed block is checked only at its end, and the last one goes on after the last entry.
        content.CopyTo(Stream.Null);
    }

    // A mark is rare, and then the text is copied.
    private static void Visit(string name, ReadOnlySpan<byte> text, Visitor visit)
    {
        if (text.Length > 0 && text[0] is 0xEF or 0xFE or 0xFF or 0) visit(name, TextFile.Decoded(text.ToArray()));
        else visit(name, text);
    }

    private static void VisitZip(Stream file, string path, Visitor visit)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0))
        {
            RequireSmall(entry.Length, path, entry.FullName);
            using var stream = new UnpackedStream(entry.Open(), Math.Min(entry.CompressedLength, file.Length), path);
            visit(entry.Name, ReadEntry(stream, (int)entry.Length, $"{path}, {entry.FullName}"));
        }
    }

    // What an entry holds may differ from what the archive says of it.
    private static byte[] ReadEntry(Stream stream, int length, string name)
    {
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return stream.ReadByte() < 0
            ? TextFile.Decoded(bytes)
            : throw new InvalidDataException($"{name}: goes on after the {length} bytes that the archive says it has.");
    }

    private static void RequireSmall(long length, string path, string name)
    {
        if (length > LargestEntry)
            throw new InvalidDataException(
                $"{path}, {name}: has {length} bytes; expected the text of one molecule, at most {LargestEntry} bytes.");
    }
}
