using System.Formats.Tar;
using System.Text;
using ICSharpCode.SharpZipLib.BZip2;

namespace LieConv.Tests.Datasets.Molecules;

/// <summary>Small molecular files for tests.</summary>
internal static class MoleculeSamples
{
    public static string Root { get; } = Path.Combine(SampleFolder.Root, "molecules");

    public static string Qm9 { get; } = Path.Combine(Root, "qm9");

    /// <summary>Text of one of the QM9 files beside the tests.</summary>
    public static string Text(int id) => File.ReadAllText(Path.Combine(Qm9, $"dsgdb9nsd_{id:D6}.xyz"));

    /// <summary>Methane's file with another index.</summary>
    public static (string Name, string Text) Renamed(int id) =>
        ($"dsgdb9nsd_{id:D6}.xyz", Text(1).Replace("gdb 1\t", $"gdb {id}\t", StringComparison.Ordinal));

    /// <summary>Writes an archive of entries, compressed with bzip2 in as many streams as asked for.</summary>
    public static string WriteArchive(string path, IEnumerable<(string Name, string Text)> entries, int streams = 1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var content = Tar(entries);
        using var file = File.Create(path);
        var length = content.Length / streams;
        for (var i = 0; i < streams; i++)
        {
            using var bzip2 = new BZip2OutputStream(file) { IsStreamOwner = false };
            bzip2.Write(content, i * length, i == streams - 1 ? content.Length - i * length : length);
        }

        return path;
    }

    /// <summary>An uncompressed archive.</summary>
    public static byte[] Tar(IEnumerable<(string Name, string Text)> entries)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (name, text) in entries)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.Latin1.GetBytes(text)),
                });
        return memory.ToArray();
    }
}
