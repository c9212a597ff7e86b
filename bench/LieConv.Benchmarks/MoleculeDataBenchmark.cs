using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Text;
using ICSharpCode.SharpZipLib.BZip2;
using LieConv.Datasets.Molecules;

namespace LieConv.Benchmarks;

/// <summary>
/// Times the reading of a QM9 archive of the published size. 'generate FOLDER ARCHIVE' makes one in FOLDER/qm9 by
/// repeating the molecules of ARCHIVE under new indices; 'load FOLDER' loads what is in FOLDER.
/// </summary>
internal static class MoleculeDataBenchmark
{
    private const int Count = 133_885;

    /// <summary>Runs one of the two.</summary>
    public static int Run(string[] args) => args switch
    {
        ["generate", var folder, var archive] => Generate(folder, archive),
        ["load", var folder] => Load(folder),
        _ => Usage(),
    };

    private static int Generate(string folder, string archive)
    {
        var texts = ReadTexts(archive);
        var path = Path.Combine(folder, "qm9", "dsgdb9nsd.xyz.tar.bz2");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        using var bzip2 = new BZip2OutputStream(file, 9);
        using var tar = new TarWriter(bzip2, TarEntryFormat.Ustar);
        for (var index = 1; index <= Count; index++)
        {
            var (before, after) = texts[(index - 1) % texts.Count];
            var text = string.Create(CultureInfo.InvariantCulture, $"{before}gdb {index}\t{after}");
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"dsgdb9nsd_{index:D6}.xyz")
            {
                DataStream = new MemoryStream(Encoding.Latin1.GetBytes(text)),
            });
        }

        return 0;
    }

    private static List<(string Before, string After)> ReadTexts(string archive)
    {
        var texts = new List<(string Before, string After)>();
        using var file = File.OpenRead(archive);
        using var bzip2 = new BZip2InputStream(file);
        using var tar = new TarReader(bzip2);
        while (tar.GetNextEntry() is { DataStream: { } content })
        {
            var text = new StreamReader(content, Encoding.Latin1).ReadToEnd();
            var start = text.IndexOf("gdb ", StringComparison.Ordinal);
            texts.Add((text[..start], text[(text.IndexOf('\t', start) + 1)..]));
        }

        return texts;
    }

    private static int Load(string folder)
    {
        var start = Stopwatch.GetTimestamp();
        var data = Qm9.Load(new Qm9Options { DataRoot = folder }, Console.Error.WriteLine);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{Machine.Describe()}");
        Console.WriteLine(FormattableString.Invariant(
            $"{data.Set.Count} molecules, {data.Set.Charges.Length} atoms in {seconds:F2} s, peak {Machine.PeakGigabytes():F2} GB"));
        return 0;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("Usage: molecule-data generate FOLDER ARCHIVE | molecule-data load FOLDER");
        return 2;
    }
}
