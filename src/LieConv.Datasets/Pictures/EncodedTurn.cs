using SkiaSharp;

namespace LieConv.Datasets.Pictures;

/// <summary>Undoes the turn that a camera has noted in a file instead of turning the pixels (EXIF, Orientation).</summary>
internal static class EncodedTurn
{
    /// <summary>Whether height and width change places.</summary>
    /// <param name="origin">Where the first stored pixel belongs: the side of the first row, then of the first column.
    /// </param>
    public static bool Transposes(SKEncodedOrigin origin) => origin is SKEncodedOrigin.LeftTop
        or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>The pixels as they are to be seen, row by row; their height and width are the stored ones, or change
    /// places.</summary>
    /// <param name="pixels">As they are stored, row by row.</param>
    /// <param name="storedHeight">Rows.</param>
    /// <param name="storedWidth">Columns.</param>
    /// <param name="origin">As in <see cref="Transposes"/>.</param>
    public static T[] Undo<T>(T[] pixels, int storedHeight, int storedWidth, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft) return pixels;
        var isTransposed = Transposes(origin);
        var isLeftRight = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight
            or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
        var isUpsideDown = origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (height, width) = isTransposed ? (storedWidth, storedHeight) : (storedHeight, storedWidth);
        var turned = new T[pixels.Length];
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                var (y, x) = (isUpsideDown ? height - 1 - row : row, isLeftRight ? width - 1 - column : column);
                turned[row * width + column] = isTransposed ? pixels[x * storedWidth + y] : pixels[y * storedWidth + x];
            }
        return turned;
    }
}
