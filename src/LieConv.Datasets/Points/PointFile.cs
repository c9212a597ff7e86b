namespace LieConv.Datasets.Points;

/// <summary>A file to read points from.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Options">What is asked for: how meshes are sampled, which arrays are meant.</param>
internal sealed record PointFile(string Path, PointDataOptions Options)
{
    /// <summary>What the file is called in messages.</summary>
    public string Name => Path;
}
