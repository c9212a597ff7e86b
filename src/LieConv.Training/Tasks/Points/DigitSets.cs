using System.Globalization;
using LieConv.Datasets.Digits;
using LieConv.Datasets.Points;
using LieConv.Datasets.Points.Superpixels;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.PictureFiles;

namespace LieConv.Training.Tasks.Points;

/// <summary>New sets of superpixels: pictures of digits, which are cut as those that were learnt from, or tables of
/// superpixels.</summary>
internal sealed class DigitSets : INewSets
{
    private readonly FileSets _tables;
    private readonly InkNotes _ink;
    private readonly Action<string> _say;
    private readonly Slic _slic = new(DigitImages.Side, DigitImages.Side, new SlicOptions());

    /// <summary>Prepares to read.</summary>
    /// <param name="config">The run's configuration.</param>
    /// <param name="request">The options, and who is told.</param>
    public DigitSets(PointConfig config, PredictionRequest request)
    {
        _tables = new FileSets(config, static set => set);
        (_ink, _say) = (new InkNotes(InkNotes.Read(request.Options)), request.Say);
    }

    /// <inheritdoc/>
    public IEnumerable<FoundPoints> Read(string path)
    {
        if (File.Exists(path) && !DigitFile.IsDigits(path))
            return PointFormats.TryFind(path) is not null
                ? _tables.Read(path)
                : throw new InvalidDataException($"{path}: is of no format that is read; expected a picture of a digit " +
                    $"({DigitFiles.Formats}), or superpixels ({PointSource.Endings}).");
        var found = DigitFiles.Find([path]);
        if (found.Files.Count == 0 && Directory.Exists(path)) return _tables.Read(path);
        if (found.Faults.Count > 0) throw new InvalidDataException(found.Faults[0]);
        if (found.Note is { } note) _say(note);
        return found.Files.SelectMany(OfFile);
    }

    /// <inheritdoc/>
    public void Finish() => _ink.Say(_say);

    /// <summary>The pictures of a file, one at a time; the first that cannot be read ends it.</summary>
    private IEnumerable<FoundPoints> OfFile(string file)
    {
        IEnumerator<GreyPicture>? pictures = null;
        try
        {
            for (var number = 1; ; number++)
            {
                var fault = Next(file, ref pictures, out var picture);
                if (fault is null && picture is null) yield break;
                var name = DigitFile.IsPicture(file)
                    ? file
                    : string.Create(CultureInfo.InvariantCulture, $"{file}, image {number}");
                yield return new FoundPoints(name, name, picture is null ? null : Cut(name, picture), fault);
                if (fault is not null) yield break;
            }
        }
        finally
        {
            pictures?.Dispose();
        }
    }

    /// <summary>The next picture, none where there are no more, or else a sentence.</summary>
    private string? Next(string file, ref IEnumerator<GreyPicture>? pictures, out GreyPicture? picture)
    {
        picture = null;
        try
        {
            pictures ??= DigitFile.Read(file, _ink.Asked).GetEnumerator();
            if (pictures.MoveNext()) picture = pictures.Current;
            return null;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return FailureText.Describe(failure);
        }
    }

    private PointRecord Cut(string name, GreyPicture picture)
    {
        var brightness = _ink.Light(name, picture).Scaled(DigitImages.Side, DigitImages.Side);
        var pixels = Array.ConvertAll(brightness, value => (byte)MathF.Round(byte.MaxValue * value));
        var (positions, values) = SuperpixelDigits.ToPoints(
            _slic.Cut(pixels), DigitImages.Side, DigitImages.Side, new SuperpixelOptions().InkOnly);
        return new PointRecord(positions.Length / 2, positions, values, [null], null);
    }
}
