using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LieConv.Datasets.Basics;
using LieConv.Serialization;

namespace LieConv.Datasets.Pictures;

/// <summary>Reads a folder of pictures, or what is kept of it since the last time.</summary>
internal static class PictureData
{
    private const string Ending = ".pictures";
    private const string Subfolder = "pictures";

    /// <summary>Opens the pictures of a folder. They are decoded once and kept beside it, where that can be written, else
    /// in the data folder; what is kept is used as long as names and contents of the files and the options stay.</summary>
    /// <param name="options">Options that are right.</param>
    /// <param name="log">Told what is read.</param>
    /// <exception cref="InvalidDataException">The folder or a picture has a fault: one sentence that names it.</exception>
    public static PictureSet Open(PictureOptions options, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        var folder = PictureFolder.Find(options.Path);
        var (wanted, times) = (Canonical(options), Times(folder));
        var places = CachePlaces.Find(options.Path, $".{Hash(wanted)[..8]}{Ending}", Subfolder, options.DataRoot);
        var set = places.Select(place => TryOpen(place, wanted, times, folder, log)).FirstOrDefault(kept => kept is not null)
            ?? Read(folder, options, wanted, times, places, log);
        foreach (var note in set.Head.Notes) log(note);
        if (PassedOver(folder) is { } passedOver) log(passedOver);
        return set;
    }

    private static string? PassedOver(PictureFolder folder) => folder.PassedOver.Count switch
    {
        0 => null,
        1 => $"Passed over, as expected are {PictureFile.Formats} files in folders of classes: {folder.PassedOver[0]}.",
        var count => string.Create(CultureInfo.InvariantCulture,
            $"Passed over {count:N0} files, as expected are {PictureFile.Formats} files in folders of classes: ") +
            $"{folder.PassedOver[0]} and so on.",
    };

    private static PictureSet Read(
        PictureFolder folder, PictureOptions options, string wanted, string times, string[] places, Action<string> log)
    {
        log(string.Create(CultureInfo.InvariantCulture, $"Reading {folder.Pictures.Count:N0} pictures of {folder.Path}."));
        using var spool = PictureSpool.Read(folder, options);
        var head = spool.CreateHead(folder, wanted, times);
        foreach (var place in places)
        {
            var parent = Path.GetDirectoryName(Path.GetFullPath(place))!;
            if (CachePlaces.IsMarkedReadOnly(parent)) continue;
            try
            {
                Directory.CreateDirectory(parent);
                AtomicFile.Write(place, stream => PictureSet.Write(stream, head, spool.CopyTo));
                if (PictureSet.TryOpen(place, isTemporary: false) is { } kept) return kept;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The next place, or none.
            }
        }
        var temporary = Path.Combine(Path.GetTempPath(), $"lieconv-pictures.{Guid.NewGuid():N}.tmp");
        using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            PictureSet.Write(stream, head, spool.CopyTo);
        return PictureSet.TryOpen(temporary, isTemporary: true)
            ?? throw new InvalidDataException($"{temporary}: what was just written there reads back damaged.");
    }

    private static PictureSet? TryOpen(
        string path, string wanted, string times, PictureFolder folder, Action<string> log)
    {
        if (!File.Exists(path)) return null;
        PictureSet? set;
        try
        {
            set = PictureSet.TryOpen(path, isTemporary: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        if (set is null)
        {
            log($"{path} is damaged; reading the pictures again.");
            return null;
        }
        var isSame = set.Head.Options == wanted && set.Head.Pictures.SequenceEqual(folder.Pictures)
            && (set.Head.Times == times || set.Head.Content == ContentOf(folder));
        if (isSame) return set;
        set.Dispose();
        return null;
    }

    // Where the pictures are does not change what they are.
    private static string Canonical(PictureOptions options) =>
        JsonSerializer.Serialize(options with { Path = "", DataRoot = null });

    private static string Times(PictureFolder folder)
    {
        var text = new StringBuilder();
        foreach (var picture in folder.Pictures)
        {
            var file = new FileInfo(Path.Combine(folder.Path, picture.Name));
            text.Append(CultureInfo.InvariantCulture, $"{picture.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}\n");
        }
        return Hash(text.ToString());
    }

    private static string ContentOf(PictureFolder folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var picture in folder.Pictures)
            PictureSpool.Append(hash, picture, PictureFile.ReadBytes(Path.Combine(folder.Path, picture.Name)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
