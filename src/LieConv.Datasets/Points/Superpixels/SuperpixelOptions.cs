namespace LieConv.Datasets.Points.Superpixels;

/// <summary>Which superpixels of MNIST's digits are made.</summary>
public sealed record SuperpixelOptions
{
    /// <summary>How a digit is cut.</summary>
    public SlicOptions Slic { get; init; } = new();

    /// <summary>Whether superpixels without any ink are left out, which is not usual.</summary>
    /// <value>False.</value>
    public bool InkOnly { get; init; }

    /// <summary>Folder with MNIST's four files; null for the usual data folder, and the sample inside the library where
    /// that has none.</summary>
    public string? DataRoot { get; init; }

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate() => DataRoot is not null && string.IsNullOrWhiteSpace(DataRoot)
        ? [.. Slic.Validate(), "DataRoot is blank; expected a folder."]
        : Slic.Validate();
}
