using System.Formats.Tar;
using System.IO.Compression;

namespace LieConv.Datasets.Molecules;

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
        foreach (var file in files) visit(Path.GetFileName(file), DataFile.Read(file, MoleculeResources.ReadAll));
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
            else VisitTar(Decompress(file, start), path, Remember);
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
            or IndexOutOfRangeException
        || (failure is InvalidDataException && failure.Source?.StartsWith("System.", StringComparison.Ordinal) == true);

    private static Stream Decompress(Stream file, ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("BZh"u8)) return new BufferedStream(new Bzip2Stream(file), BufferSize);
        return start[0] == 0x1f && start[1] == 0x8b ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static void VisitTar(Stream content, string path, Visitor visit)
    {
        var buffer = new byte[LargestEntry];
        using var tar = new TarReader(content, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
            RequireSmall(entry.Length, path, entry.Name);
            var length = (int)entry.Length;
            entry.DataStream?.ReadExactly(buffer, 0, length);
            visit(Path.GetFileName(entry.Name), buffer.AsSpan(0, length));
        }

        // A compressed block is checked only at its end, and the last one goes on after the last entry.
        content.CopyTo(Stream.Null);
    }

    private static void VisitZip(Stream file, string path, Visitor visit)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0))
        {
            RequireSmall(entry.Length, path, entry.FullName);
            using var stream = entry.Open();
            visit(entry.Name, MoleculeResources.ReadAll(stream));
        }
    }

    private static void RequireSmall(long length, string path, string name)
    {
        if (length > LargestEntry)
            throw new InvalidDataException(
                $"{path}, {name}: has {length} bytes; expected the text of one molecule, at most {LargestEntry} bytes.");
    }
}
