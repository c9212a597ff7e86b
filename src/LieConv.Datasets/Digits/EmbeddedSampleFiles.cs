using LieConv.Datasets.Readers;
using LieConv.Randomness;

namespace LieConv.Datasets.Digits;

/// <summary>Chooses the digits of the embedded sample from MNIST and writes them: the same files every time.</summary>
public static class EmbeddedSampleFiles
{
    private const ulong Seed = 1;
    private const int Classes = 10;

    /// <summary>Writes the four files of the sample into a folder.</summary>
    /// <param name="mnistRoot">Folder with the four files of MNIST, in it or a usual subfolder.</param>
    /// <param name="folder">Folder to write to; made where it does not exist.</param>
    /// <exception cref="InvalidDataException">MNIST is not there, or a class has too few digits.</exception>
    public static void Write(string mnistRoot, string folder)
    {
        var files = MnistFiles.Find(mnistRoot)
            ?? throw new InvalidDataException($"{mnistRoot}: holds none of the four MNIST files.");
        Directory.CreateDirectory(folder);
        Write(Choose(files.ReadTrain(), EmbeddedSample.TrainCount), folder, MnistFiles.Names[0], MnistFiles.Names[1]);
        Write(Choose(files.ReadTest(), EmbeddedSample.TestCount), folder, MnistFiles.Names[2], MnistFiles.Names[3]);
    }

    // In shuffled order, so that any run from the start is nearly balanced too.
    private static DigitImages Choose(DigitImages digits, int count)
    {
        var left = Enumerable.Repeat(count / Classes, Classes).ToArray();
        var places = new SplitMix64(Seed).Permutation(digits.Count)
            .Where(place => left[digits.Labels[place]]-- > 0).ToArray();
        return places.Length == count
            ? digits.At(places)
            : throw new InvalidDataException($"MNIST must have {count / Classes} digits of each class for the sample.");
    }

    private static void Write(DigitImages digits, string folder, string images, string labels)
    {
        using var imagesFile = File.Create(Path.Combine(folder, images + ".gz"));
        IdxWriter.WriteGzip(imagesFile, new IdxArray([digits.Count, DigitImages.Side, DigitImages.Side], digits.Pixels));
        using var labelsFile = File.Create(Path.Combine(folder, labels + ".gz"));
        IdxWriter.WriteGzip(labelsFile, new IdxArray([digits.Count], digits.Labels));
    }
}
