namespace LieConv.Datasets.Pictures;

/// <summary>A picture as it is to be seen.</summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Pixels">Red, green, blue and opacity, a byte each, row by row; colours are not multiplied by
/// opacity.</param>
internal sealed record ColourPicture(int Height, int Width, byte[] Pixels)
{
    /// <summary>Channels of a picture in colour.</summary>
    public const int Colours = 3;

    private const int Stride = 4;

    /// <summary>Whether red, green and blue are alike everywhere.</summary>
    public bool IsGrey
    {
        get
        {
            for (var i = 0; i < Pixels.Length; i += Stride)
                if (Pixels[i] != Pixels[i + 1] || Pixels[i] != Pixels[i + 2]) return false;
            return true;
        }
    }

    /// <summary>Whether something is to be seen through it.</summary>
    public bool IsTransparent
    {
        get
        {
            for (var i = Colours; i < Pixels.Length; i += Stride)
                if (Pixels[i] != byte.MaxValue) return true;
            return false;
        }
    }

    /// <summary>The brightness of a colour from 0 to 1 (ITU-R BT.601), as in Pillow; of a grey pixel its own value, to
    /// the last bit what a byte of an idx file becomes.</summary>
    public static float Luma(byte red, byte green, byte blue) => red == green && green == blue
        ? red / (float)byte.MaxValue
        : (float)((0.299 * red + 0.587 * green + 0.114 * blue) / byte.MaxValue);

    /// <summary>The picture at another size, on black: proportions stay, and what is added at two sides is black. Shrunk
    /// pixels are the mean of what they cover, so that no line is lost; grown ones lie on the line between their
    /// neighbours. The same size gives the same numbers.</summary>
    /// <param name="height">New rows.</param>
    /// <param name="width">New columns.</param>
    /// <param name="isGrey">Whether one channel of brightness is wanted instead of red, green and blue.</param>
    /// <returns>Bytes, channel by channel, row by row.</returns>
    public byte[] Scaled(int height, int width, bool isGrey)
    {
        var step = Math.Max((double)Width / width, (double)Height / height);           // old pixels in a new one
        var (columns, rows) = (new LineWeights(Width, width, step), new LineWeights(Height, height, step));
        var channels = isGrey ? 1 : Colours;
        var (scaled, line, old) = (new byte[channels * height * width], new double[width], new double[Width]);
        for (var channel = 0; channel < channels; channel++)
            for (var row = 0; row < height; row++)
            {
                line.AsSpan().Clear();
                for (var i = rows.First(row); i < rows.End(row); i++)
                {
                    ReadRow(i, isGrey ? null : channel, old);
                    for (var column = 0; column < width; column++)
                        line[column] += rows.Weight(row, i) * columns.Mean(column, old);
                }
                for (var column = 0; column < width; column++)
                    scaled[(channel * height + row) * width + column] =
                        (byte)Math.Clamp(Math.Round(line[column]), byte.MinValue, byte.MaxValue);
            }
        return scaled;
    }

    /// <summary>A row of a channel, or of brightness, on black; from 0 to 255.</summary>
    private void ReadRow(int row, int? channel, double[] values)
    {
        for (var column = 0; column < Width; column++)
        {
            var at = Stride * (row * Width + column);
            var value = channel is { } colour
                ? Pixels[at + colour]
                : byte.MaxValue * (double)Luma(Pixels[at], Pixels[at + 1], Pixels[at + 2]);
            values[column] = Pixels[at + Colours] == byte.MaxValue ? value : value * Pixels[at + Colours] / byte.MaxValue;
        }
    }
}
