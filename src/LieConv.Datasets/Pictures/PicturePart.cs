using LieConv.Datasets.Basics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Pictures;

/// <summary>Some pictures of a set.</summary>
/// <param name="set">All pictures, which stay the caller's.</param>
/// <param name="numbers">Which belong to the part.</param>
internal sealed class PicturePart(PictureSet set, int[] numbers) : ILabelledImages
{
    /// <inheritdoc/>
    public long Count => numbers.Length;

    /// <summary>The number of a picture in the whole set.</summary>
    public int NumberOf(long place) => numbers[place];

    /// <inheritdoc/>
    public Tensor Images(ReadOnlySpan<long> indices) => set.Images(Numbers(indices));

    /// <inheritdoc/>
    public Tensor Labels(ReadOnlySpan<long> indices) => tensor(
        Array.ConvertAll(Numbers(indices), number => (long)set.Head.Pictures[number].Class), dtype: ScalarType.Int64);

    private int[] Numbers(ReadOnlySpan<long> indices)
    {
        var own = new int[indices.Length];
        for (var i = 0; i < own.Length; i++) own[i] = numbers[indices[i]];
        return own;
    }
}
