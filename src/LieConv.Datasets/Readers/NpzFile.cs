using System.IO.Compression;

namespace LieConv.Datasets.Readers;

/// <summary>A .npz archive: a zip file of .npy arrays. Only the arrays that are asked for are read.</summary>
internal sealed class NpzFile(string path, ZipArchive archive, long fileLength)
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

        using (zip) return read(new NpzFile(path, zip, stream.Length));
    });

    /// <summary>Reads the array that has one of the names.</summary>
    /// <param name="names">The names.</param>
    /// <param name="check">Refuses shapes that the array cannot have, by throwing.</param>
    /// <returns>The array, or null where there is none of these names.</returns>
    public NpyFile? TryRead(ReadOnlySpan<string> names, Action<long[]>? check = null)
    {
        foreach (var name in names)
            if (archive.GetEntry(name + Extension) is { } entry) return Unpack(entry, $"{path}, array {name}", check);
        return null;
    }

    /// <summary>Opens an array to be read from its start to its end, never all at once; several may be open.</summary>
    /// <param name="name">Its name, one of <see cref="Names"/>.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of a type that is not read here.</exception>
    public NpyStream Open(string name)
    {
        var entry = archive.GetEntry(name + Extension)
            ?? throw new ArgumentException($"There is no array {name}.", nameof(name));
        var shown = $"{path}, array {PrintableText.Shortened(name)}";
        var packed = Math.Min(entry.CompressedLength, fileLength);
        if (entry.Length > UnpackedStream.Most(packed)) throw UnpackedStream.TooLarge(shown, packed);
        try
        {
            return new NpyStream(new UnpackedStream(entry.Open(), packed, shown), entry.Length, shown);
        }
        catch (Exception damage) when (IsOfSystem(damage) && damage is InvalidDataException or IOException)
        {
            throw new InvalidDataException($"{shown}: is damaged: {damage.Message}", damage);
        }
    }

    private NpyFile Unpack(ZipArchiveEntry entry, string name, Action<long[]>? check)
    {
        var packed = Math.Min(entry.CompressedLength, fileLength);
        if (entry.Length > UnpackedStream.Most(packed)) throw UnpackedStream.TooLarge(name, packed);
        try
        {
            using var stream = new UnpackedStream(entry.Open(), packed, name);
            return NpyFile.Read(stream, entry.Length, name, check);
        }
        catch (Exception damage) when (IsOfSystem(damage) && damage is InvalidDataException or IOException)
        {
            throw new InvalidDataException($"{name}: is damaged: {damage.Message}", damage);
        }
    }

    // Our own errors name the array already.
    private static bool IsOfSystem(Exception fault) =>
        fault.Source?.StartsWith("System.", StringComparison.Ordinal) == true;
}
