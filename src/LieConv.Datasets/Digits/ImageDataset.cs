using LieConv.Datasets.Basics;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Digits;

/// <summary>
/// Labelled grey images of one size in memory. Images that come as bytes stay bytes (48 MB instead of 190 MB for the
/// 62,000 digits of RotMNIST) and become numbers in [0, 1] when a batch is asked for.
/// </summary>
public sealed class ImageDataset : ILabelledImages, IDisposable
{
    private readonly Tensor _images;
    private readonly Tensor _labels;

    /// <summary>Wraps images and labels. The tensors stay the caller's; the data set shares their memory.</summary>
    /// <param name="images">Images, shape (N, 1, h, w), bytes or float32 in [0, 1], on the CPU.</param>
    /// <param name="labels">Class of each image, counted from 0, shape (N), int64, on the CPU.</param>
    /// <param name="name">What the data are, for messages and reports.</param>
    /// <exception cref="ArgumentException">A shape, type or value is not as described.</exception>
    public ImageDataset(Tensor images, Tensor labels, string name)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (images.dim() != 4 || images.shape[1] != 1 || images.shape.Any(size => size < 1))
            throw new ArgumentException($"images of '{name}' must have shape (N, 1, h, w), not {Shape(images)}.");
        if (images.dtype is not (ScalarType.Byte or ScalarType.Float32))
            throw new ArgumentException($"images of '{name}' must be bytes or float32, not {images.dtype}.");
        if (labels.dim() != 1 || labels.dtype != ScalarType.Int64 || labels.shape[0] != images.shape[0])
            throw new ArgumentException($"labels of '{name}' must be int64 of shape ({images.shape[0]}), " +
                $"one for each image, not {labels.dtype} of shape {Shape(labels)}.");
        if (images.dtype == ScalarType.Float32) RequireUnitRange(images, name);

        _images = images.alias().DetachFromDisposeScope();
        _labels = labels.alias().DetachFromDisposeScope();
        Name = name;
    }

    /// <summary>What the data are.</summary>
    public string Name { get; }

    /// <summary>Number of images, at least 1.</summary>
    public long Count => _images.shape[0];

    /// <summary>Height of an image in pixels.</summary>
    public int Height => (int)_images.shape[2];

    /// <summary>Width of an image in pixels.</summary>
    public int Width => (int)_images.shape[3];

    /// <summary>The images at the given places, in the given order.</summary>
    /// <param name="indices">Places from 0 to <see cref="Count"/> - 1; may repeat.</param>
    /// <returns>Images, shape (k, 1, h, w), float32 in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the data set.</exception>
    public Tensor Images(ReadOnlySpan<long> indices)
    {
        using var places = Places(indices);
        var chosen = _images.index_select(0, places);
        if (chosen.dtype == ScalarType.Float32) return chosen;
        using var bytes = chosen;
        return bytes.to_type(ScalarType.Float32).div_(Scalars.Of(byte.MaxValue));
    }

    /// <summary>The labels at the given places, in the given order.</summary>
    /// <param name="indices">Places from 0 to <see cref="Count"/> - 1; may repeat.</param>
    /// <returns>Labels, shape (k), int64.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the data set.</exception>
    public Tensor Labels(ReadOnlySpan<long> indices)
    {
        using var places = Places(indices);
        return _labels.index_select(0, places);
    }

    /// <summary>A run of consecutive images that shares this data set's memory and outlives it.</summary>
    /// <param name="start">First image, from 0.</param>
    /// <param name="count">Number of images, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run is empty or reaches outside the data set.</exception>
    public ImageDataset Slice(long start, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        using var images = _images.narrow(0, start, count);
        using var labels = _labels.narrow(0, start, count);
        return new ImageDataset(images, labels, Name);
    }

    /// <summary>Lets go of the images.</summary>
    public void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
    }

    private Tensor Places(ReadOnlySpan<long> indices)
    {
        foreach (var index in indices)
        {
            if (index < 0 || index >= Count)
                throw new ArgumentOutOfRangeException(nameof(indices), index,
                    $"'{Name}' has images 0 to {Count - 1}.");
        }

        return tensor(indices.ToArray(), dtype: ScalarType.Int64);
    }

    private static void RequireUnitRange(Tensor images, string name)
    {
        using var minimum = images.min();
        using var maximum = images.max();
        var (low, high) = (minimum.item<float>(), maximum.item<float>());
        if (!(low >= 0 && high <= 1)) // also true for NaN, which min and max pass on
            throw new ArgumentException(FormattableString.Invariant(
                $"images of '{name}' must lie in [0, 1], but their values reach from {low} to {high}."));
    }

    private static string Shape(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";
}
