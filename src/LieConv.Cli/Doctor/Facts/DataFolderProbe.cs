using System.Buffers.Binary;
using System.IO.Compression;
using LieConv.Datasets.Basics;

namespace LieConv.Cli.Doctor.Facts;

/// <summary>Looks for the files of known data sets and at their first bytes.</summary>
internal static class DataFolderProbe
{
    private const int AmatColumns = 28 * 28 + 1;
    private const int AmatBytes = 64 * 1024;                     // more than a line of the official files

    private static readonly string[] Subfolders =
    [
        "", "mnist", "MNIST", "raw", Path.Combine("MNIST", "raw"), Path.Combine("RotMNIST", "raw"), "rotmnist", "RotMNIST",
        "mnist_rotation_new", Path.Combine("MnistRotDataset", "raw"),
    ];

    /// <summary>The folder in use.</summary>
    public static DataFolderFacts Look() => Look(
        DataFolder.Default, named: !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(DataFolder.Variable)));

    /// <summary>A folder.</summary>
    public static DataFolderFacts Look(string folder, bool named) => new()
    {
        Path = folder,
        Named = named,
        Exists = Directory.Exists(folder),
        Files = [.. DataSetFile.Known.SelectMany(known => known.Names.Select(name => Find(folder, known.DataSet, name)))
            .OfType<DataSetFile>()],
    };

    private static DataSetFile? Find(string root, string dataSet, string name)
    {
        var dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);       // as some mirrors write it
        string[] names = [name, name + ".gz", dotted, dotted + ".gz"];
        var path = Subfolders.SelectMany(folder => names.Select(file => Path.Combine(root, folder, file))).FirstOrDefault(File.Exists);
        return path is null ? null : new DataSetFile(dataSet, name, path, Problem(path, name));
    }

    private static string? Problem(string path, string name)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream content = path.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(file, CompressionMode.Decompress) : file;
            return name.EndsWith(".amat", StringComparison.Ordinal) ? AmatProblem(content) : IdxProblem(content, name, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return failure.Message;
        }
    }

    // Big-endian: 0, 0, type (8 = unsigned byte), number of dimensions, then the dimensions.
    private static string? IdxProblem(Stream content, string name, string path)
    {
        var dimensions = name.Contains("idx3", StringComparison.Ordinal) ? 3 : 1;
        var header = new byte[4 + 4 * dimensions];
        if (content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) return "ends within the header";
        if (BinaryPrimitives.ReadInt32BigEndian(header) != (8 << 8 | dimensions)) return $"is no idx{dimensions} file of bytes";
        if (path.EndsWith(".gz", StringComparison.Ordinal)) return null;
        var expected = (long)header.Length;
        var size = 1L;
        for (var i = 0; i < dimensions; i++) size *= BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + 4 * i));
        expected += size;
        return content.Length == expected ? null : FormattableString.Invariant($"has {content.Length} bytes, not {expected}");
    }

    private static string? AmatProblem(Stream content)
    {
        var bytes = new byte[AmatBytes];
        var line = bytes.AsSpan(0, content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        var end = line.IndexOf((byte)'\n');
        var text = System.Text.Encoding.ASCII.GetString(end < 0 ? line : line[..end]);
        var columns = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return columns == AmatColumns ? null : FormattableString.Invariant($"has {columns} numbers in its first line, not {AmatColumns}");
    }
}
