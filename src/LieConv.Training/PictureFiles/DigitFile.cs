using LieConv.Datasets.Digits;
using LieConv.Datasets.Readers;
using static TorchSharp.torch;

namespace LieConv.Training.PictureFiles;

/// <summary>Reads the pictures of a file to predict something for: PNG, JPEG, BMP, MNIST's idx and RotMNIST's text.
/// </summary>
internal static class DigitFile
{
    /// <summary>What is read, for messages.</summary>
    public const string Formats = ".png, .jpg, .jpeg, .bmp, .amat, or idx3-ubyte with or without .gz";

    private const string Gzip = ".gz";
    private const string Text = ".amat";
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".bmp"];
    private static readonly string[] Idx = ["-idx3-ubyte", ".idx3-ubyte", ".idx3"];

    /// <summary>Whether the name is one of a file that is read.</summary>
    public static bool IsDigits(string path) =>
        IsIdx(path) || Ends(path, Text) || IsPicture(path);

    /// <summary>Whether the file holds one picture.</summary>
    public static bool IsPicture(string path) => Pictures.Any(ending => Ends(path, ending));

    /// <summary>Reads a file; of one with many pictures, one after another.</summary>
    /// <param name="path">The file; its name tells the format.</param>
    /// <param name="ink">For transparent pictures.</param>
    /// <exception cref="InvalidDataException">It cannot be read or is damaged: one sentence.</exception>
    public static IEnumerable<GreyPicture> Read(string path, Ink ink)
    {
        if (IsIdx(path)) return OfIdx(path);
        if (Ends(path, Text)) return OfText(path);
        return IsDigits(path)
            ? [PictureDecoder.Read(path, ink)]
            : throw new InvalidDataException($"{path}: expected a file that ends in {Formats}.");
    }

    private static IEnumerable<GreyPicture> OfIdx(string path)
    {
        var images = IdxFile.Read(path, 3);
        var (height, width) = (images.Shape[1], images.Shape[2]);
        var size = height * width;                                             // of an array, whose bytes were counted
        for (var i = 0; i < images.Shape[0]; i++)
            yield return new GreyPicture(
                height, width, Array.ConvertAll(images.Data[(i * size)..((i + 1) * size)], value => value / (float)byte.MaxValue));
    }

    private static IEnumerable<GreyPicture> OfText(string path)
    {
        using var images = AmatFile.Read(path);
        for (var i = 0; i < images.Count; i++)
        {
            using var scope = NewDisposeScope();
            yield return new GreyPicture(images.Height, images.Width, images.Images([i]).data<float>().ToArray());
        }
    }

    private static bool IsIdx(string path)
    {
        var name = Ends(path, Gzip) ? path[..^Gzip.Length] : path;
        return Idx.Any(ending => Ends(name, ending));
    }

    private static bool Ends(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
