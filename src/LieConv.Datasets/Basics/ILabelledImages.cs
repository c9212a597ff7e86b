using static TorchSharp.torch;

namespace LieConv.Datasets.Basics;

/// <summary>Images of one size, each of a class.</summary>
public interface ILabelledImages
{
    /// <summary>Images.</summary>
    long Count { get; }

    /// <summary>The images at the given places, in the given order.</summary>
    /// <param name="indices">Places from 0 to <see cref="Count"/> - 1; may repeat.</param>
    /// <returns>Shape (k, c, h, w), float32 in [0, 1].</returns>
    Tensor Images(ReadOnlySpan<long> indices);

    /// <summary>Their classes, counted from 0.</summary>
    /// <param name="indices">As for <see cref="Images"/>.</param>
    /// <returns>Shape (k), int64.</returns>
    Tensor Labels(ReadOnlySpan<long> indices);
}
