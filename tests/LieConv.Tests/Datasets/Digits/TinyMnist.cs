using LieConv.Datasets.Digits;
using LieConv.Datasets.Readers;

namespace LieConv.Tests.Datasets.Digits;

/// <summary>A data set with the files and the format of MNIST and few digits, made by the test.</summary>
internal static class TinyMnist
{
    /// <summary>Each image has one bright pixel block whose brightness names its place.</summary>
    public static DigitImages Make(int count, int firstLevel)
    {
        var digits = new DigitImages(new byte[count * DigitImages.Size], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            digits.Labels[i] = (byte)(i % 10);
            for (var row = 12; row < 16; row++)
                for (var column = 12; column < 16; column++)
                    digits.Pixels[i * DigitImages.Size + row * DigitImages.Side + column] = (byte)(firstLevel + i);
        }

        return digits;
    }

    /// <summary>Writes 60 training and 40 test digits, brightness 100 to 199.</summary>
    public static void Write(string folder, bool gzip)
    {
        Directory.CreateDirectory(folder);
        Write(Make(60, 100), folder, 0, gzip);
        Write(Make(40, 160), folder, 2, gzip);
    }

    private static void Write(DigitImages digits, string folder, int first, bool gzip)
    {
        IdxArray[] arrays = [new([digits.Count, 28, 28], digits.Pixels), new([digits.Count], digits.Labels)];
        for (var i = 0; i < 2; i++)
        {
            using var file = File.Create(Path.Combine(folder, MnistFiles.Names[first + i] + (gzip ? ".gz" : "")));
            if (gzip) IdxWriter.WriteGzip(file, arrays[i]);
            else IdxWriter.Write(file, arrays[i]);
        }
    }
}
