using System.Globalization;

namespace LieConv.Datasets.Pictures;

/// <summary>The size that pictures of a folder are seen in.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Note">How it came about, as a sentence.</param>
internal sealed record PictureSizes(int Height, int Width, string Note)
{
    /// <summary>The longest side where none is asked for: every pixel is a point of the network.</summary>
    public const int LongestUsual = 64;

    /// <summary>The size that is asked for; else that of all pictures, or the median of their heights and of their widths,
    /// shrunk where its longer side is beyond <see cref="LongestUsual"/>.</summary>
    /// <param name="asked">The size that is asked for, or null.</param>
    /// <param name="sizes">The pictures' own.</param>
    public static PictureSizes Choose((int Height, int Width)? asked, IReadOnlyList<(int Height, int Width)> sizes)
    {
        var areAlike = sizes.All(size => size == sizes[0]);
        if (asked is var (height, width))
            return new PictureSizes(height, width, areAlike && sizes[0] == (height, width)
                ? Text($"Pictures have {width} x {height} pixels.")
                : Text($"Pictures are seen in {width} x {height} pixels, as asked for; proportions stay, ") +
                    "what is added is black.");
        (height, width) = (Median(sizes.Select(size => size.Height)), Median(sizes.Select(size => size.Width)));
        var longest = Math.Max(height, width);
        var (before, isLarge) = (Text($"{width} x {height}"), longest > LongestUsual);
        if (isLarge)
            (height, width) = (Shrunk(height, longest), Shrunk(width, longest));
        return new PictureSizes(height, width, (areAlike, isLarge) switch
        {
            (true, false) => Text($"Pictures have {width} x {height} pixels."),
            (true, true) =>
                Text($"Pictures of {before} pixels are seen in {width} x {height}; --size WxH asks for another size."),
            (false, var large) => Text($"Pictures are of different size, {before} pixels in the median; they are seen ") +
                $"in {(large ? Text($"{width} x {height}") : "that")}; proportions stay, what is added is black (--size WxH " +
                "asks for another size).",
        });
    }

    private static int Shrunk(int side, int longest) =>
        Math.Max(1, (int)Math.Round((double)side * LongestUsual / longest, MidpointRounding.AwayFromZero));

    /// <summary>The middle one, of two the smaller: a size that occurs.</summary>
    private static int Median(IEnumerable<int> numbers)
    {
        int[] sorted = [.. numbers.Order()];
        return sorted[(sorted.Length - 1) / 2];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
