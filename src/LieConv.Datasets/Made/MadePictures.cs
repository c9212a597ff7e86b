using System.Globalization;
using LieConv.Randomness;
using LieConv.Serialization;
using SkiaSharp;

namespace LieConv.Datasets.Made;

/// <summary>Pictures that are made: coloured shapes of any place, size and direction on a dark ground, a folder for each
/// class. Picture i is the same for the same seed, and does not depend on how many there are.</summary>
public static class MadePictures
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "pictures";

    /// <summary>What they are, in a line.</summary>
    public const string Description = "a folder of coloured shapes as PNG files, a folder for each of 4 classes";

    /// <summary>Pictures unless asked for another number.</summary>
    public const int UsualCount = 400;

    /// <summary>Pixels of a side.</summary>
    public const int Side = 32;

    /// <summary>Points of a pixel along each axis whose mean it is.</summary>
    private const int Samples = 4;

    /// <summary>Whether a point belongs to a shape of about size 1 about the origin.</summary>
    private static readonly (string Class, Func<double, double, bool> Holds)[] Shapes =
    [
        ("bar", static (x, y) => Math.Abs(x) < 1 && Math.Abs(y) < 0.3),
        ("cross", static (x, y) => Math.Min(Math.Abs(x), Math.Abs(y)) < 0.25 && Math.Max(Math.Abs(x), Math.Abs(y)) < 0.9),
        ("ring", static (x, y) => double.Hypot(x, y) is > 0.5 and < 0.9),
        ("triangle", static (x, y) => y > -0.5 && Math.Sqrt(3) * Math.Abs(x) + y < 1),
    ];

    /// <summary>Names of the classes, which are those of the folders.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. Shapes.Select(shape => shape.Class)];

    /// <summary>Writes a folder of pictures.</summary>
    /// <param name="folder">The folder, which must not exist or be empty.</param>
    /// <param name="count">How many, of each class in turn.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">If the folder is taken: one sentence.</exception>
    /// <exception cref="IOException">If it cannot be written: one sentence.</exception>
    public static void Write(string folder, int count, long seed)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (File.Exists(folder) || Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new ArgumentException($"'{folder}' exists already; expected the name of a new folder, or an empty one.");
        for (var i = 0; i < count; i++)
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, Classes[i % Classes.Count])).FullName;
            using var png = Draw(seed, i);
            AtomicFile.Write(
                Path.Combine(own, string.Create(CultureInfo.InvariantCulture, $"{i / Classes.Count + 1:0000}.png")), png.SaveTo);
        }
    }

    private static SKData Draw(long seed, int picture)
    {
        var state = SplitMix64.Mix((ulong)seed + SplitMix64.Increment);
        var numbers = new SplitMix64(SplitMix64.Mix((state ^ (ulong)picture) + SplitMix64.Increment));
        double Between(double low, double high) => low + (high - low) * numbers.NextUnit();
        var (angle, size) = (Between(0, 2 * Math.PI), Between(0.25, 0.4) * Side);
        var (left, top) = (Between(-1, 1) * (Side / 2.0 - size), Between(-1, 1) * (Side / 2.0 - size));
        double[] shape = [Between(0.5, 1), Between(0.5, 1), Between(0.5, 1)];
        double[] ground = [Between(0, 0.3), Between(0, 0.3), Between(0, 0.3)];
        var (cos, sin, holds) = (Math.Cos(angle) / size, Math.Sin(angle) / size, Shapes[picture % Shapes.Length].Holds);
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var row = 0; row < Side; row++)
            for (var column = 0; column < Side; column++)
            {
                var share = 0.0;
                for (var i = 0; i < Samples * Samples; i++)
                {
                    var x = column + (i % Samples + 0.5) / Samples - Side / 2.0 - left;
                    var y = row + (i / Samples + 0.5) / Samples - Side / 2.0 - top;
                    if (holds(cos * x + sin * y, cos * y - sin * x)) share += 1.0 / (Samples * Samples);
                }
                byte Channel(int c) => (byte)Math.Round(byte.MaxValue * (ground[c] + share * (shape[c] - ground[c])));
                bitmap.SetPixel(column, row, new SKColor(Channel(0), Channel(1), Channel(2)));
            }
        return bitmap.Encode(SKEncodedImageFormat.Png, 100);
    }
}
