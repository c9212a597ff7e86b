using System.Security.Cryptography;
using System.Text.RegularExpressions;
using LieConv.Serialization;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>The files of weights in a folder of checkpoints: named after their content, and deleted when no manifest
/// names them any more. What this library did not write is never touched.</summary>
internal static partial class WeightsFiles
{
    private const int Digits = 16;

    /// <summary>The name of a file with a SHA-256.</summary>
    public static string NameOf(string hash) => $"weights-{hash[..Digits]}.safetensors";

    /// <summary>The hash of a file to be written, known before, since the file is named after it.</summary>
    public static string HashOf(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var hash = SHA256.Create();
        using (var sink = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write)) Safetensors.Write(sink, tensors);
        return Convert.ToHexStringLower(hash.Hash!);
    }

    /// <summary>Deletes weights that a manifest named until now, unless one still names them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Their name as the manifest had it; anything but a name of this library's is left alone.</param>
    public static void RemoveUnnamed(string folder, string name)
    {
        try
        {
            if (Name().IsMatch(name) && !AreNamed(folder, name)) File.Delete(Path.Combine(folder, name));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The checkpoint is saved; weights that are left over cost space only.
        }
    }

    /// <summary>Whether a manifest in the folder names weights. It is looked for in the text, so that a damaged manifest,
    /// and a copy under a name of the user's, keep their weights, too.</summary>
    public static bool AreNamed(string folder, string name) => Directory.EnumerateFiles(folder, "*.json")
        .Any(file => File.ReadAllText(file).Contains(name, StringComparison.Ordinal));

    /// <summary>The hash of all of a stream, which stands at its start afterwards.</summary>
    public static string HashOf(Stream stream)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        stream.Position = 0;
        return hash;
    }

    /// <summary>Whether there are files with such names in a folder.</summary>
    public static bool AreIn(string folder) => Directory.Exists(folder) &&
        Directory.EnumerateFiles(folder, "weights-*").Any(file => Name().IsMatch(Path.GetFileName(file)));

    [GeneratedRegex(@"^weights-[0-9a-f]{16}\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
