using System.IO.Compression;

namespace LieConv.Datasets;

/// <summary>A .npz archive: a zip file of .npy arrays. Only the arrays that are asked for are read.</summary>
internal sealed class NpzFile(string path, ZipArchive archive)
{
    private const string Extension = ".npy";

    /// <summary>Names of the arrays.</summary>
    public IEnumerable<string> Names => archive.Entries
        .Where(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
        .Select(entry => entry.FullName[..^Extension.Length]);

    /// <summary>Opens an archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="read">Reads from it while it is open.</param>
    /// <exception cref="InvalidDataException">It cannot be read or is damaged.</exception>
    public static T Read<T>(string path, Func<NpzFile, T> read) => DataFile.Read(path, stream =>
    {
        ZipArchive zip;
        try
        {
            zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"{path}: is no .npz archive: {damage.Message}", damage);
        }

        using (zip) return read(new NpzFile(path, zip));
    });

    /// <summary>Reads the array that has one of the names.</summary>
    /// <returns>The array, or null where there is none of these names.</returns>
    public NpyFile? TryRead(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (archive.GetEntry(name + Extension) is not { } entry) continue;
            return NpyFile.Parse(Unpack(entry, name), $"{path}, array {name}");
        }

        return null;
    }

    private byte[] Unpack(ZipArchiveEntry entry, string name)
    {
        if (entry.Length > Array.MaxLength)
            throw new InvalidDataException($"{path}, array {name}: has {entry.Length} bytes, more than can be read.");
        try
        {
            using var stream = entry.Open();
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path}, array {name}: is damaged: {damage.Message}", damage);
        }
    }
}
