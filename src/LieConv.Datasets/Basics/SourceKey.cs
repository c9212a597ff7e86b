using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LieConv.Datasets.Basics;

/// <summary>Tells whether an archive or folder is still the one that something was made from.</summary>
internal static class SourceKey
{
    /// <summary>Name, length and time of the last change; for a folder those of all its .xyz files, hashed.</summary>
    /// <exception cref="InvalidDataException">It cannot be looked at.</exception>
    public static string Compute(string path)
    {
        try
        {
            if (!Directory.Exists(path)) return Describe(new FileInfo(path));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var files = new DirectoryInfo(path).GetFiles("*.xyz");
            Array.Sort(files, (a, b) => string.CompareOrdinal(a.Name, b.Name));
            foreach (var file in files) hash.AppendData(Encoding.UTF8.GetBytes(Describe(file) + "\n"));
            return "folder " + Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    private static string Describe(FileInfo file) => string.Create(
        CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}");
}
