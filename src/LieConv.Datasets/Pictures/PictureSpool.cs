using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LieConv.Datasets.Pictures;

/// <summary>Pictures of a folder as they are decoded: in a temporary file, in colour until it is known that all are
/// grey.</summary>
internal sealed class PictureSpool : IDisposable
{
    /// <summary>Pictures that are decoded at once; more would hold more memory, not be faster.</summary>
    private const int Chunk = 32;

    /// <summary>Faulty files that a sentence names.</summary>
    private const int Listed = 3;

    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), $"lieconv-pictures.{Guid.NewGuid():N}.tmp"), FileMode.CreateNew,
        FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
    private readonly PictureSizes _size;
    private readonly bool _isGrey;
    private bool _hasColours;
    private int _transparent;
    private string _content = "";

    private PictureSpool(PictureSizes size, bool isGrey) => (_size, _isGrey) = (size, isGrey);

    private int Stored => _isGrey ? 1 : ColourPicture.Colours;

    /// <summary>Decodes all pictures.</summary>
    /// <exception cref="InvalidDataException">Some have faults: one sentence that names them.</exception>
    public static PictureSpool Read(PictureFolder folder, PictureOptions options)
    {
        var asked = options.ParseSize();
        // What is asked for is asked for before anything is read whole: faults of headers come at once.
        var sizes = new (int, int)[folder.Pictures.Count];
        var faults = new string?[folder.Pictures.Count];
        Parallel.For(0, sizes.Length, i => Try(faults, i, () => sizes[i] = PictureFile.ReadSize(PathOf(folder, i))));
        Refuse(faults);
        var spool = new PictureSpool(PictureSizes.Choose(asked, sizes), options.Grey);
        try
        {
            spool.Decode(folder, faults);
            Refuse(faults);
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    /// <summary>Adds a picture to the hash of all.</summary>
    public static void Append(IncrementalHash hash, PictureEntry picture, byte[] bytes)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{picture.Name} {bytes.Length}\n")));
        hash.AppendData(bytes);
    }

    /// <summary>What the pictures are.</summary>
    public PictureHead CreateHead(PictureFolder folder, string options, string times)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ForEach(part => hash.AppendData(part));
        var channels = _hasColours ? ColourPicture.Colours : 1;
        var notes = new List<string>
        {
            _size.Note + (_hasColours ? " Colours: 3 channels." : _isGrey ? " Read as grey: 1 channel."
                : " All are grey: 1 channel."),
        };
        if (_transparent > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"What is transparent in {_transparent:N0} of {folder.Pictures.Count:N0} pictures lies on black."));
        return new PictureHead
        {
            Options = options, Times = times, Content = _content, Hash = Convert.ToHexStringLower(hash.GetHashAndReset()),
            Channels = channels, Height = _size.Height, Width = _size.Width, Classes = folder.Classes,
            Pictures = folder.Pictures, Notes = notes,
        };
    }

    /// <summary>Writes all pictures, of grey ones one channel.</summary>
    public void CopyTo(Stream stream) => ForEach(part => stream.Write(part));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Decode(PictureFolder folder, string?[] faults)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var chunk in Enumerable.Range(0, folder.Pictures.Count).Chunk(Chunk))
        {
            var (bytes, scaled) = (new byte[chunk.Length][], new byte[chunk.Length][]);
            Parallel.For(0, chunk.Length, i => Try(faults, chunk[i], () =>
            {
                var path = PathOf(folder, chunk[i]);
                bytes[i] = PictureFile.ReadBytes(path);
                var picture = PictureFile.Decode(path, bytes[i]);
                scaled[i] = picture.Scaled(_size.Height, _size.Width, _isGrey);
                if (picture.IsTransparent) Interlocked.Increment(ref _transparent);
                if (!_isGrey && !picture.IsGrey) Volatile.Write(ref _hasColours, true);
            }));
            for (var i = 0; i < chunk.Length && faults[chunk[i]] is null; i++)
            {
                Append(hash, folder.Pictures[chunk[i]], bytes[i]);
                _file.Write(scaled[i]);
            }
        }
        _content = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void ForEach(Action<byte[]> take)
    {
        _file.Position = 0;
        var size = _size.Height * _size.Width;
        var (picture, first) = (new byte[Stored * size], new byte[size]);
        for (long left = _file.Length; left > 0; left -= picture.Length)
        {
            _file.ReadExactly(picture);
            picture.AsSpan(0, size).CopyTo(first);
            take(_hasColours ? picture : first);
        }
    }

    private static string PathOf(PictureFolder folder, int i) => Path.Combine(folder.Path, folder.Pictures[i].Name);

    private static void Try(string?[] faults, int place, Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException fault)
        {
            faults[place] = fault.Message;
        }
    }

    private static void Refuse(string?[] faults)
    {
        string[] found = [.. faults.OfType<string>()];
        if (found.Length == 0) return;
        var others = found.Length switch
        {
            1 => "",
            <= Listed => $" ({string.Join("; ", found.Skip(1).Select(fault => fault.TrimEnd('.')))})",
            _ => string.Create(CultureInfo.InvariantCulture, $" (and {found.Length - 1:N0} other pictures cannot be read)"),
        };
        throw new InvalidDataException(others.Length == 0 ? found[0] : found[0].TrimEnd('.') + others + ".");
    }
}
