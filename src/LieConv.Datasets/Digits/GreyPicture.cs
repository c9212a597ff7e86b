using LieConv.Datasets.Pictures;

namespace LieConv.Datasets.Digits;

/// <summary>A grey picture of any size.</summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Pixels">Brightness from 0 (black) to 1 (white), row by row.</param>
public sealed record GreyPicture(int Height, int Width, float[] Pixels)
{
    /// <summary>Pixels of MNIST's digits are as wide as the border that is looked at, at any size of the picture.</summary>
    private const int BorderShare = 28;

    /// <summary>Whether the border is nearer to the brightest pixel than to the darkest: then the ground is light and the
    /// digit dark. False where all pixels are alike.</summary>
    public bool IsDarkOnLight
    {
        get
        {
            var (least, most) = (1f, 0f);
            foreach (var pixel in Pixels) (least, most) = (Math.Min(least, pixel), Math.Max(most, pixel));
            return most > least && Border() > (least + most) / 2;
        }
    }

    /// <summary>Whether the digit is dark, as is said or told by the border.</summary>
    /// <param name="ink">What is said.</param>
    public bool IsDark(Ink ink) => ink == Ink.Auto ? IsDarkOnLight : ink == Ink.Dark;

    /// <summary>Whether there is nothing to see.</summary>
    public bool IsBlank => !Pixels.AsSpan().ContainsAnyExcept(Pixels[0]);

    /// <summary>White for black.</summary>
    public GreyPicture Inverted() => this with { Pixels = Array.ConvertAll(Pixels, pixel => 1 - pixel) };

    /// <summary>The picture at another size. Each new pixel is the mean brightness of what it covers, so that no line is
    /// lost; proportions stay, and what is added at two sides is black. The same size gives the same numbers.</summary>
    /// <param name="height">New rows.</param>
    /// <param name="width">New columns.</param>
    /// <returns>Brightness, row by row.</returns>
    public float[] Scaled(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (height == Height && width == Width) return Pixels;
        var step = Math.Max((double)Width / width, (double)Height / height);           // old pixels in a new one
        var (columns, rows) = (new AreaShares(Width, width, step), new AreaShares(Height, height, step));
        var (scaled, line) = (new float[height * width], new double[width]);
        for (var row = 0; row < height; row++)
        {
            line.AsSpan().Clear();
            for (var i = rows.First(row); i < rows.End(row); i++)
                for (var column = 0; column < width; column++)
                    line[column] += rows.Share(row, i) * Mean(i, columns, column);
            for (var column = 0; column < width; column++)
                scaled[row * width + column] = (float)Math.Clamp(line[column], 0, 1);
        }
        return scaled;
    }

    /// <summary>Mean brightness of an old row over a new column.</summary>
    private double Mean(int row, AreaShares columns, int column)
    {
        var sum = 0.0;
        for (var i = columns.First(column); i < columns.End(column); i++)
            sum += columns.Share(column, i) * Pixels[row * Width + i];
        return sum;
    }

    /// <summary>Mean brightness of the outermost pixels.</summary>
    private double Border()
    {
        var depth = Math.Max(1, Math.Min(Height, Width) / BorderShare);
        var (sum, count) = (0.0, 0L);
        for (var row = 0; row < Height; row++)
        {
            var isEdge = row < depth || row >= Height - depth;
            for (var column = 0; column < Width; column++)
            {
                if (!isEdge && column >= depth && column < Width - depth) continue;
                sum += Pixels[row * Width + column];
                count++;
            }
        }
        return sum / count;
    }
}
