using LieConv.Randomness;

namespace LieConv.Datasets.Digits;

/// <summary>
/// "RotMNIST 12k/50k" built from MNIST: all 70,000 digits shuffled, each turned by its own angle. The sizes and the
/// difficulty of the official set, not its images.
/// </summary>
internal static class BuiltRotMnist
{
    /// <summary>
    /// Train from the front of the shuffled digits, then validation; test from the back. So the test digits do not
    /// depend on the training count, and no digit's angle depends on any count.
    /// </summary>
    /// <exception cref="InvalidDataException">The files hold fewer digits than are asked for.</exception>
    public static ImageSplits Load(MnistFiles files, RotMnistOptions options)
    {
        var digits = files.ReadTrain().Followed(files.ReadTest());
        var (train, validation, test) = (options.TrainCount, options.ValidationCount, options.TestCount);
        var asked = (long)train + validation + test;
        if (asked > digits.Count)
            throw new InvalidDataException(FormattableString.Invariant(
                $"{Path.GetDirectoryName(files.TrainImages)}: the MNIST files hold {digits.Count:N0} digits, fewer ") +
                FormattableString.Invariant($"than the {asked:N0} (train, validation and test) asked for."));

        var random = new SplitMix64((ulong)options.Seed);
        var order = random.Permutation(digits.Count);
        var angles = DigitRotation.Angles(random, digits.Count);
        var counts = SplitCounts.Describe(train, validation, test);
        return new ImageSplits(
            DigitRotation.Rotate(digits, angles, order.AsSpan(0, train), "RotMNIST built from MNIST, train"),
            validation == 0 ? null : DigitRotation.Rotate(
                digits, angles, order.AsSpan(train, validation), "RotMNIST built from MNIST, validation"),
            DigitRotation.Rotate(
                digits, angles, order.AsSpan(digits.Count - test), "RotMNIST built from MNIST, test"),
            $"RotMNIST built from MNIST (not the official images): {counts} digits, seed {options.Seed}",
            IsEmbeddedSample: false);
    }
}
