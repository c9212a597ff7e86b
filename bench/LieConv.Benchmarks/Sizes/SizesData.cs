namespace LieConv.Benchmarks.Sizes;

/// <summary>Memory against size as it is saved for pictures.</summary>
/// <param name="Kind">What the file holds.</param>
/// <param name="Machine">What the figures depend on.</param>
/// <param name="Rows">The sizes.</param>
internal sealed record SizesData(string Kind, string Machine, IReadOnlyList<SizeRow> Rows)
{
    /// <summary>The kind of such files.</summary>
    public const string SizesKind = "sizes";
}
