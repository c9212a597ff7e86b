namespace LieConv.Datasets.Pictures;

/// <summary>What a file of decoded pictures says of them.</summary>
internal sealed record PictureHead
{
    /// <summary>The layout; a file of another one is made again.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The layout of the file.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The options that decide the numbers.</summary>
    public required string Options { get; init; }

    /// <summary>Names, lengths and times of the pictures' files.</summary>
    public required string Times { get; init; }

    /// <summary>Hash of names and contents of the files.</summary>
    public required string Content { get; init; }

    /// <summary>Hash of the decoded pictures.</summary>
    public required string Hash { get; init; }

    /// <summary>Channels: 1 or 3.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Names of the classes.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The pictures, in order.</summary>
    public required IReadOnlyList<PictureEntry> Pictures { get; init; }

    /// <summary>What a user should know of them.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Bytes of a picture.</summary>
    public int Size => Channels * Height * Width;
}
