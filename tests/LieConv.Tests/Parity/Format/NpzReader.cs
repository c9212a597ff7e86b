using System.IO.Compression;

namespace LieConv.Tests.Parity.Format;

/// <summary>Reads the arrays of a NumPy .npz archive.</summary>
public static class NpzReader
{
    /// <summary>All arrays by name, without the .npy ending.</summary>
    /// <exception cref="InvalidDataException">If the archive or one of its arrays is damaged.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        var arrays = new Dictionary<string, NpyArray>();
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            arrays[name] = NpyArray.Parse(bytes.ToArray(), $"{name} of {Path.GetFileName(path)}");
        }
        return arrays;
    }
}
