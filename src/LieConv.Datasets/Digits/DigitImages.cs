using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Digits;

/// <summary>Upright digits as bytes, with labels from 0 to 9.</summary>
/// <param name="Pixels">Images of 28 x 28 bytes, one after the other.</param>
/// <param name="Labels">One label for each image.</param>
internal sealed record DigitImages(byte[] Pixels, byte[] Labels)
{
    /// <summary>Height and width of a digit in pixels.</summary>
    public const int Side = 28;

    /// <summary>Bytes of a digit.</summary>
    public const int Size = Side * Side;

    /// <summary>Number of digits.</summary>
    public int Count => Labels.Length;

    /// <summary>Checks that two idx arrays belong together.</summary>
    /// <exception cref="InvalidDataException">A size, count or label is wrong.</exception>
    public static DigitImages From(IdxArray images, string imagesName, IdxArray labels, string labelsName)
    {
        if (images.Shape[1] != Side || images.Shape[2] != Side)
            throw new InvalidDataException($"{imagesName}: the images must be {Side} x {Side} pixels, " +
                $"not {images.Shape[1]} x {images.Shape[2]}.");
        if (images.Shape[0] != labels.Shape[0])
            throw new InvalidDataException($"{labelsName}: must hold {images.Shape[0]} labels, one for each image of " +
                $"{Path.GetFileName(imagesName)}, not {labels.Shape[0]}.");
        var wrong = labels.Data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (wrong >= 0)
            throw new InvalidDataException(
                $"{labelsName}: label {wrong + 1} must be from 0 to 9, not {labels.Data[wrong]}.");
        return new DigitImages(images.Data, labels.Data);
    }

    /// <summary>These digits followed by others.</summary>
    public DigitImages Followed(DigitImages others) => new([.. Pixels, .. others.Pixels], [.. Labels, .. others.Labels]);

    /// <summary>The digits at the given places.</summary>
    public DigitImages At(ReadOnlySpan<int> places)
    {
        var chosen = new DigitImages(new byte[places.Length * Size], new byte[places.Length]);
        for (var i = 0; i < places.Length; i++)
        {
            Pixels.AsSpan(places[i] * Size, Size).CopyTo(chosen.Pixels.AsSpan(i * Size));
            chosen.Labels[i] = Labels[places[i]];
        }

        return chosen;
    }
}
