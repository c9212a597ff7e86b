using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>
/// The files of a path: the file itself, or all of a folder and its subfolders. In a folder a table of labels
/// (labels.csv, targets.csv, labels.tsv, targets.tsv) gives columns to each file; without one, the first subfolder
/// gives the column label, where there are subfolders, and one named train, validation or test the column split.
/// </summary>
internal sealed class PointSource
{
    private static readonly string[] LabelFiles = ["labels.csv", "targets.csv", "labels.tsv", "targets.tsv"];

    private static readonly string[] Parts = ["train", "training", "val", "valid", "validation", "test", "testing"];

    private readonly List<string> _looked = [];

    private PointSource(string path, bool isFolder) => (Path, IsFolder) = (path, isFolder);

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder { get; }

    /// <summary>What is read, ordered by name.</summary>
    public IReadOnlyList<PointSourceFile> Files { get; private set; } = [];

    /// <summary>What is worth a line.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Endings of all formats, for messages.</summary>
    public static string Endings => string.Join(", ", PointFormats.All.SelectMany(format => format.Extensions));

    /// <summary>Looks at a path.</summary>
    /// <param name="path">File or folder.</param>
    /// <param name="wantsLabels">Whether a file without a label is a fault.</param>
    /// <exception cref="InvalidDataException">There is nothing to read.</exception>
    public static PointSource Find(string path, bool wantsLabels)
    {
        var source = new PointSource(path, Directory.Exists(path));
        try
        {
            if (source.IsFolder) source.FindInFolder(wantsLabels);
            else if (!File.Exists(path))
                throw new InvalidDataException($"{path}: is not there; expected a file of points, or a folder of " +
                    "such.");
            else
            {
                var format = PointFormats.TryFind(path) ?? throw new InvalidDataException(
                    $"{path}: is of no format that is read; expected an ending of {Endings}.");
                source._looked.Add(path);
                source.Files = [new PointSourceFile(path, path, Stem(System.IO.Path.GetFileName(path)), format, [])];
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: cannot be read: {fault.Message}", fault);
        }

        return source;
    }

    /// <summary>Names, lengths and times of the last change of all files: where they are the same, so is the content.
    /// </summary>
    public string Times() => Guarded(() => string.Join(' ', _looked.Select(file => new FileInfo(file)).Select(info =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Relative(info.FullName)} {info.Length} {info.LastWriteTimeUtc.Ticks}"))));

    /// <summary>The content of all files, with their names.</summary>
    public string Content() => Guarded(() =>
    {
        var buffer = new byte[1 << 20];
        var hashes = new List<ulong>();
        foreach (var file in _looked)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
            hashes.Add(PointHash.Compute(Encoding.UTF8.GetBytes(Relative(file))));
            for (int got; (got = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0;)
                hashes.Add(PointHash.Compute(buffer.AsSpan(0, got)));
        }

        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(hashes))));
    });

    private string Guarded(Func<string> look)
    {
        try
        {
            return look();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{Path}: cannot be read: {fault.Message}", fault);
        }
    }

    private void FindInFolder(bool wantsLabels)
    {
        var all = Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Where(file => !Relative(file).Split('/').Any(part => part.StartsWith('.')))
            .Order(StringComparer.Ordinal).ToArray();
        var labelFile = LabelFiles.Select(name => System.IO.Path.Combine(Path, name)).FirstOrDefault(all.Contains);
        var found = all.Where(file => file != labelFile && PointFormats.TryFind(file) is not null).ToArray();
        if (found.Length == 0)
            throw new InvalidDataException($"{Path}: the folder holds no file of points; expected endings of " +
                $"{Endings}.");
        var others = all.Length - found.Length - (labelFile is null ? 0 : 1) - all.Count(IsCache);
        if (others > 0) Notes.Add($"{Path}: {others} files of other kinds are left out.");
        _looked.AddRange(found);
        if (labelFile is not null) _looked.Add(labelFile);
        if (found.GroupBy(file => Stem(Relative(file))).FirstOrDefault(same => same.Count() > 1) is { } twice
            && wantsLabels)
            throw new InvalidDataException($"{twice.ElementAt(1)}: is set '{PrintableText.Shortened(twice.Key)}', as " +
                $"{twice.First()} is; expected one file a set.");
        var labels = labelFile is null ? null : PointLabels.Read(labelFile);
        var files = new List<PointSourceFile>();
        foreach (var file in found)
        {
            var relative = Relative(file);
            var id = Stem(relative);
            IReadOnlyList<KeyValuePair<string, string>> extras = labels is null
                ? FromFolders(relative)
                : labels.Find(relative, id) ?? (wantsLabels
                    ? throw new InvalidDataException($"{labelFile}: has no row for {relative}; expected one for each " +
                        "file.")
                    : []);
            files.Add(new PointSourceFile(file, file, id, PointFormats.TryFind(file)!, extras));
        }

        if (labels?.Unused() is { Count: > 0 } unused)
            Notes.Add($"{labelFile}: {unused.Count} rows are of no file, such as " +
                $"'{PrintableText.Shortened(unused[0])}'.");
        Files = files;
    }

    private static List<KeyValuePair<string, string>> FromFolders(string relative)
    {
        var folders = relative.Split('/')[..^1];
        var extras = new List<KeyValuePair<string, string>>();
        if (folders.FirstOrDefault(folder => !IsPart(folder)) is { } label) extras.Add(new("label", label));
        if (folders.FirstOrDefault(IsPart) is { } part) extras.Add(new("split", part.ToLowerInvariant()));
        return extras;
    }

    private static bool IsPart(string folder) => Parts.Contains(folder, StringComparer.OrdinalIgnoreCase);

    private static bool IsCache(string file) => file.EndsWith(PointCache.Ending, StringComparison.Ordinal);

    private string Relative(string file) => IsFolder
        ? System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/')
        : System.IO.Path.GetFileName(file);

    private static string Stem(string name)
    {
        var plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return plain[..^System.IO.Path.GetExtension(plain).Length];
    }
}
