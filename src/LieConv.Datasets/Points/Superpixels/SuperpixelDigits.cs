using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Digits;

namespace LieConv.Datasets.Points.Superpixels;

/// <summary>
/// MNIST's digits as sets of at most 75 superpixels, in the manner of MNIST75sp (Knyazev, Taylor and Amer,
/// "Understanding attention and generalization in graph neural networks", NeurIPS 2019): positions are the centroids in
/// pixels from the middle of the picture, x to the right and y up, so that a plot shows the digit upright; values are
/// the mean intensity (0 to 1) and the area in units of the mean area. MNIST75sp asks the same algorithm for fewer and
/// fewer segments until there are at most 75; here those that are too many are joined (<see cref="Slic"/>).
/// </summary>
public static class SuperpixelDigits
{
    /// <summary>What the split's column says of the 60,000 training digits.</summary>
    public const string Train = "train";

    /// <summary>What it says of the 10,000 test digits.</summary>
    public const string Test = "test";

    /// <summary>Must change whenever the same digits would give other points.</summary>
    private const int Version = 1;

    /// <summary>The folder below the data folder that cut digits are kept in.</summary>
    internal const string Folder = "superpixels";

    private const int Block = 500;

    /// <summary>What the columns mean.</summary>
    public static PointSchema Schema { get; } = new()
    {
        Coordinates = ["x", "y"],
        Values = [new PointValue("intensity", []), new PointValue("area", [])],
        Targets =
        [
            new PointTarget("digit", PointTargetKind.Class, false,
                [.. Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture))]),
        ],
    };

    /// <summary>Reads MNIST and cuts its digits, or opens what an earlier run kept.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="log">Takes lines about what was found, for people.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="InvalidDataException">The named folder has no such files, or a file is damaged.</exception>
    public static PointSets Load(SuperpixelOptions options, Action<string>? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors));
        var root = Path.GetFullPath(options.DataRoot ?? DataFolder.Default);
        var files = MnistFiles.Find(root);
        if (files is null && options.DataRoot is not null)
            throw new InvalidDataException($"The data folder '{root}' has none of MNIST's " +
                $"{string.Join(", ", MnistFiles.Names)} (plain or .gz); " +
                $"'lieconv data fetch mnist --data-root {root}' downloads them.");
        if (files is null)
            log?.Invoke($"No MNIST files in '{root}': using the embedded sample " +
                "('lieconv data fetch mnist' downloads all of MNIST).");
        var train = files?.ReadTrain() ?? EmbeddedSample.ReadTrain();
        var test = files?.ReadTest() ?? EmbeddedSample.ReadTest();
        var kept = new KeptPoints(root, Folder, Key(options, train, test));
        return kept.TryOpen(log) ?? Make(options, train, test, kept, log);
    }

    /// <summary>The points of a cut digit.</summary>
    /// <param name="segmentation">The superpixels.</param>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Its height.</param>
    /// <param name="inkOnly">Whether superpixels without ink are left out; one at least stays.</param>
    /// <returns>Positions (n, 2) and values (n, 2), row-major, in single precision.</returns>
    public static (double[] Positions, double[] Values) ToPoints(
        Segmentation segmentation, int width, int height, bool inkOnly)
    {
        ArgumentNullException.ThrowIfNull(segmentation);
        var all = segmentation.Segments;
        var chosen = inkOnly ? all.Where(segment => segment.Intensity > 0).ToArray() : [.. all];
        if (chosen.Length == 0) chosen = [all[0]];
        var positions = new double[2 * chosen.Length];
        var values = new double[2 * chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            // Single precision is what the network gets, and takes half the space.
            positions[2 * i] = (float)(chosen[i].Column - (width - 1) / 2.0);
            positions[2 * i + 1] = (float)((height - 1) / 2.0 - chosen[i].Row);
            values[2 * i] = (float)chosen[i].Intensity;
            values[2 * i + 1] = (float)chosen[i].Size * all.Count / (width * height);
        }

        return (positions, values);
    }

    private static PointSets Make(
        SuperpixelOptions options, DigitImages train, DigitImages test, KeptPoints kept, Action<string>? log)
    {
        log?.Invoke(string.Create(CultureInfo.InvariantCulture,
            $"Cutting {train.Count + test.Count:N0} digits into at most {options.Slic.Segments} superpixels."));
        using var builder = new PointSetsBuilder(Schema, "MNIST");
        AddAll(builder, options, train, Train);
        AddAll(builder, options, test, Test);
        return kept.Keep(builder, log);
    }

    private static void AddAll(PointSetsBuilder builder, SuperpixelOptions options, DigitImages digits, string split)
    {
        var points = new (double[] Positions, double[] Values)[Block];
        for (var start = 0; start < digits.Count; start += Block)
        {
            var first = start;
            var count = Math.Min(Block, digits.Count - start);
            Parallel.For(0, count, () => new Slic(DigitImages.Side, DigitImages.Side, options.Slic), (i, _, slic) =>
            {
                var pixels = digits.Pixels.AsSpan((first + i) * DigitImages.Size, DigitImages.Size);
                points[i] = ToPoints(slic.Cut(pixels), DigitImages.Side, DigitImages.Side, options.InkOnly);
                return slic;
            }, _ => { });
            for (var i = 0; i < count; i++)
            {
                var number = (start + i + 1).ToString(CultureInfo.InvariantCulture);
                builder.Add($"{split}-{number}", $"MNIST, {split} digit {number}", points[i].Positions,
                    points[i].Values, [digits.Labels[start + i]], null, split);
            }
        }
    }

    private static string Key(SuperpixelOptions options, DigitImages train, DigitImages test)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new { Version, options.Slic, options.InkOnly }));
        foreach (var digits in new[] { train, test })
        {
            hash.AppendData(digits.Pixels);
            hash.AppendData(digits.Labels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
