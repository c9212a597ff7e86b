using LieConv.Datasets.Digits;
using SkiaSharp;

namespace LieConv.Training.PictureFiles;

/// <summary>Undoes the turn that a camera has noted in a file instead of turning the pixels (EXIF, Orientation).</summary>
internal static class EncodedTurn
{
    /// <summary>The picture as it is to be seen.</summary>
    /// <param name="picture">As its pixels are stored.</param>
    /// <param name="origin">Where the first stored pixel belongs: the side of the first row, then of the first column.
    /// </param>
    public static GreyPicture Undo(GreyPicture picture, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft) return picture;
        var isTransposed = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var isLeftRight = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight
            or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
        var isUpsideDown = origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (height, width) = isTransposed ? (picture.Width, picture.Height) : (picture.Height, picture.Width);
        var pixels = new float[height * width];
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                var (y, x) = (isUpsideDown ? height - 1 - row : row, isLeftRight ? width - 1 - column : column);
                pixels[row * width + column] = isTransposed
                    ? picture.Pixels[x * picture.Width + y]
                    : picture.Pixels[y * picture.Width + x];
            }
        return new GreyPicture(height, width, pixels);
    }
}
