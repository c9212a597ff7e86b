using LieConv.Datasets.Digits;
using static TorchSharp.torch;

namespace LieConv.Tests.Training;

/// <summary>A few random images whose class is where they are bright, small enough to train on in a moment.</summary>
internal static class TinyImages
{
    public const int Size = 12;

    public static ImageSplits Create(int train = 13, int test = 7, int? validation = null) =>
        new(Make(train, 1), validation is { } count ? Make(count, 2) : null, Make(test, 3), "tiny images", false);

    private static ImageDataset Make(int count, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed);
        var images = rand([count, 1, Size, Size], generator: generator);
        var labels = arange(count).remainder(3).to(ScalarType.Int64);
        for (var i = 0; i < count; i++) images[i, 0, (4 * (i % 3))..(4 * (i % 3) + 4)] += 2;
        return new ImageDataset(images / 3, labels, $"tiny {seed}");
    }
}
