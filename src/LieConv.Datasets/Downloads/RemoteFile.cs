using System.Security.Cryptography;

namespace LieConv.Datasets.Downloads;

/// <summary>
/// A file on the net. A gzip file is known by its contents, not its own bytes: mirrors compress the same data in
/// different ways. Any other file is known by its bytes.
/// </summary>
/// <param name="Name">File name on disk.</param>
/// <param name="ContentLength">Length in bytes of the (decompressed) content.</param>
/// <param name="ContentHash">Hash of the (decompressed) content, lower-case hexadecimal.</param>
public sealed record RemoteFile(string Name, long ContentLength, string ContentHash)
{
    /// <summary>The last part of its address on every mirror.</summary>
    /// <value>The name.</value>
    public string Address { get; init; } = Name;

    /// <summary>How <see cref="ContentHash"/> was computed.</summary>
    /// <value>SHA-256.</value>
    public HashAlgorithmName Algorithm { get; init; } = HashAlgorithmName.SHA256;
}
