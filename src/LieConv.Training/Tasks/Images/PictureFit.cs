using LieConv.Datasets.Pictures;
using LieConv.Training.Preparation;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Images;

/// <summary>What a run finds in its training pictures.</summary>
internal static class PictureFit
{
    private const int Chunk = 64;

    /// <summary>The configuration with what the pictures say.</summary>
    public static ImageConfig Resolve(ImageConfig config, PictureParts parts)
    {
        var head = parts.Set.Head;
        return config with
        {
            Found = config.Found ?? Learn(config, parts),
            Model = config.Model with
            {
                InputChannels = head.Channels, Height = head.Height, Width = head.Width, Outputs = head.Classes.Count,
            },
        };
    }

    /// <summary>Images in [0, 1] less the mean of each channel, in its standard deviations.</summary>
    public static Tensor Normalise(LearntPictures found, Tensor images)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter((images - Column(scale => scale.Mean)) / Column(scale => scale.Scale));

        Tensor Column(Func<ColumnScale, double> of)
        {
            double[] numbers = [.. found.Channels.Select(of)];
            return tensor(numbers, [1, numbers.Length, 1, 1], dtype: images.dtype, device: images.device);
        }
    }

    private static LearntPictures Learn(ImageConfig config, PictureParts parts)
    {
        var head = parts.Set.Head;
        var counts = new long[head.Classes.Count];
        foreach (var number in parts.Training) counts[head.Pictures[number].Class]++;
        return new LearntPictures
        {
            Classes = head.Classes, Channels = Scales(parts.Set, parts.Training),
            ClassWeights = Preparation.ClassWeights.Compute(counts, config.ClassWeights),
        };
    }

    /// <summary>Moments of whole pictures, added up: sums of a few thousand numbers below 1 lose nothing in float64.</summary>
    private static ColumnScale[] Scales(PictureSet set, IReadOnlyList<int> training)
    {
        var channels = set.Head.Channels;
        var (sums, squares) = (new double[channels], new double[channels]);
        foreach (var numbers in training.Chunk(Chunk))
        {
            using var scope = NewDisposeScope();
            var pixels = set.Images(numbers).to(ScalarType.Float64);
            Add(sums, pixels.sum([0, 2, 3]));
            Add(squares, pixels.square().sum([0, 2, 3]));
        }
        var count = (double)training.Count * set.Head.Height * set.Head.Width;
        return [.. Enumerable.Range(0, channels).Select(c =>
        {
            var mean = sums[c] / count;
            var variance = Math.Max(0, squares[c] / count - mean * mean);
            // A channel of one brightness is taken to its mean and keeps its size.
            return new ColumnScale(mean, variance > 1e-12 ? Math.Sqrt(variance) : 1);
        })];
    }

    private static void Add(double[] sums, Tensor more)
    {
        var numbers = more.data<double>().ToArray();
        for (var c = 0; c < sums.Length; c++) sums[c] += numbers[c];
    }
}
