namespace LieConv.Datasets.Points;

/// <summary>What a file of sets says of itself, as JSON.</summary>
/// <param name="Key">What it was made from.</param>
/// <param name="Schema">What the columns mean.</param>
/// <param name="Widths">Bytes of a number, 4 or 8, of each column in the blocks: coordinates, values, targets of
/// points.</param>
/// <param name="Count">Number of sets.</param>
/// <param name="Fingerprint">SHA-256 of the content.</param>
/// <param name="Description">For people.</param>
/// <param name="Notes">Lines that were logged when it was made.</param>
/// <param name="Places">Files with the unit of their rows.</param>
/// <param name="Groups">Names of groups.</param>
/// <param name="Splits">Names of parts.</param>
internal sealed record PointStoreHead(
    string Key, PointSchema Schema, int[] Widths, int Count, string Fingerprint, string Description,
    IReadOnlyList<string> Notes, IReadOnlyList<string> Places, IReadOnlyList<string> Groups,
    IReadOnlyList<string> Splits);
