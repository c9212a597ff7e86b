using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Digits;

/// <summary>Scales RotMNIST's pixels to about zero mean and unit variance, with the original's constants.</summary>
public static class MnistNormalization
{
    /// <summary>Mean pixel of RotMNIST, on the scale from 0 to 1.</summary>
    public const double Mean = 0.130;

    /// <summary>Standard deviation of RotMNIST's pixels, on the scale from 0 to 1.</summary>
    public const double StandardDeviation = 0.297;

    /// <summary>
    /// (x - mean) / deviation. Rotate before, not after: the zeros that come in from outside are background only on
    /// the scale from 0 to 1.
    /// </summary>
    /// <param name="images">Images in [0, 1], any shape, floating point.</param>
    /// <returns>A fresh tensor of the same shape and type.</returns>
    /// <exception cref="ArgumentException">The images are not floating point.</exception>
    public static Tensor Apply(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!images.is_floating_point())
            throw new ArgumentException($"images must be floating point in [0, 1], not {images.dtype}.");
        return images.sub(Scalars.Of(Mean)).div_(Scalars.Of(StandardDeviation));
    }
}
