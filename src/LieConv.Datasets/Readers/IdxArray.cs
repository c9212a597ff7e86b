namespace LieConv.Datasets.Readers;

/// <summary>The contents of an idx file of unsigned bytes.</summary>
/// <param name="Shape">Sizes, first the number of items; all at least 1.</param>
/// <param name="Data">The bytes, row by row, as many as the product of the sizes.</param>
public sealed record IdxArray(IReadOnlyList<int> Shape, byte[] Data);
