using System.Globalization;

namespace LieConv.Datasets.Pictures;

/// <summary>Which pictures, and how they are seen.</summary>
public sealed record PictureOptions
{
    /// <summary>Longest side of pictures in pixels: far beyond what a network of points computes in reasonable time.</summary>
    public const int MostPixels = 512;

    /// <summary>The folder, with a folder for each class, or with train, validation and test that have.</summary>
    public string Path { get; init; } = "";

    /// <summary>Width and height in pixels as WxH, or one number for both; empty for the pictures' own.</summary>
    public string Size { get; init; } = "";

    /// <summary>Whether colours are read as brightness. Pictures that are all grey have one channel in any case.</summary>
    public bool Grey { get; init; }

    /// <summary>Folder for what was read, where it cannot be kept beside the pictures; null for the usual data
    /// folder.</summary>
    public string? DataRoot { get; init; }

    /// <summary>Checks the options.</summary>
    /// <returns>One sentence for each error; empty if there is none.</returns>
    public IReadOnlyList<string> Validate()
    {
        if (Path is null || Size is null) return ["data.path and data.size must not be null."];
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(Path))
            errors.Add("data.path (--data) is missing; expected a folder with a folder of pictures for each class.");
        if (Size.Length > 0 && ParseSize() is null)
            errors.Add($"data.size (--size) is '{Size}'; expected {SizeExpected}.");
        return errors;
    }

    /// <summary>What a size looks like, for messages.</summary>
    public static string SizeExpected =>
        $"a number of pixels such as 32, or width and height such as 48x32, of 1 to {MostPixels} each";

    /// <summary>The size that is asked for; null where it is left to the pictures, or is none.</summary>
    public (int Height, int Width)? ParseSize()
    {
        string[] parts = Size.Split('x', 'X');
        var numbers = parts.Select(part => int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) && number is >= 1 and <= MostPixels ? number : 0).ToArray();
        return numbers switch
        {
            [> 0 and var side] => (side, side),
            [> 0 and var width, > 0 and var height] => (height, width),
            _ => null,
        };
    }
}
