using LieConv.Datasets.Readers;
using LieConv.Randomness;

namespace LieConv.Datasets.Digits;

/// <summary>
/// 2,000 training and 1,000 test digits of MNIST inside the library, so that the first command works without files.
/// Stored upright as the four gzip idx files of Samples/; how they were made is in Samples/SOURCE.md.
/// </summary>
internal static class EmbeddedSample
{
    /// <summary>Digits to learn from, as many of each class.</summary>
    public const int TrainCount = 2000;

    /// <summary>Digits to test on, as many of each class.</summary>
    public const int TestCount = 1000;

    // Both parts are drawn with one seed; another stream keeps the test angles apart from the training ones.
    private const ulong TestStream = 0x7E57;

    /// <summary>Rotates the sample by the options' seed, and takes at most as many digits as asked for.</summary>
    /// <exception cref="ArgumentException">Validation would leave no training digit.</exception>
    public static ImageSplits Load(RotMnistOptions options)
    {
        var train = Math.Min(options.TrainCount, TrainCount - options.ValidationCount);
        if (train < 1)
            throw new ArgumentException($"ValidationCount must be below {TrainCount}, the training digits of the " +
                $"embedded sample, not {options.ValidationCount}.");
        var test = Math.Min(options.TestCount, TestCount);
        var (learning, testing) = (ReadTrain(), ReadTest());
        var trainAngles = DigitRotation.Angles(new SplitMix64((ulong)options.Seed), learning.Count);
        var testAngles = DigitRotation.Angles(new SplitMix64((ulong)options.Seed ^ (TestStream << 32)), testing.Count);
        var places = Enumerable.Range(0, TrainCount).ToArray();
        return new ImageSplits(
            DigitRotation.Rotate(learning, trainAngles, places.AsSpan(0, train), "embedded sample, train"),
            options.ValidationCount == 0 ? null : DigitRotation.Rotate(
                learning, trainAngles, places.AsSpan(train, options.ValidationCount), "embedded sample, validation"),
            DigitRotation.Rotate(testing, testAngles, places.AsSpan(0, test), "embedded sample, test"),
            $"embedded sample: {SplitCounts.Describe(train, options.ValidationCount, test)} MNIST digits, " +
            $"rotated at random (seed {options.Seed})",
            IsEmbeddedSample: true);
    }

    /// <summary>The upright training digits.</summary>
    public static DigitImages ReadTrain() => Read(MnistFiles.Names[0], MnistFiles.Names[1]);

    /// <summary>The upright test digits.</summary>
    public static DigitImages ReadTest() => Read(MnistFiles.Names[2], MnistFiles.Names[3]);

    private static DigitImages Read(string images, string labels) =>
        DigitImages.From(ReadResource(images, 3), images, ReadResource(labels, 1), labels);

    private static IdxArray ReadResource(string name, int dimensions)
    {
        using var stream = typeof(EmbeddedSample).Assembly.GetManifestResourceStream($"sample/{name}.gz")
            ?? throw new InvalidOperationException($"The resource sample/{name}.gz is missing from this build.");
        return IdxFile.Read(stream, name, dimensions);
    }
}
