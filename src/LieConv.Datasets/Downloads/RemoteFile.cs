namespace LieConv.Datasets.Downloads;

/// <summary>
/// A gzip file on the net. It is known by its contents, not its own bytes: mirrors compress the same data in
/// different ways.
/// </summary>
/// <param name="Name">File name, the last part of its address on every mirror.</param>
/// <param name="ContentLength">Length in bytes of the decompressed content.</param>
/// <param name="ContentSha256">SHA-256 of the decompressed content, lower-case hexadecimal.</param>
public sealed record RemoteFile(string Name, long ContentLength, string ContentSha256);
