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

    /// <summary>Whether there are files with such names in a folder.</summary>
    public static bool AreIn(string folder) => Of(folder).Length > 0;

    /// <summary>Deletes the weights that no manifest names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="manifests">Names of the manifests of this library.</param>
    /// <param name="superseded">Names of weights that a manifest named until now. Others go only if their content is
    /// what their name says, so that this library must have written them, and all manifests can be read.</param>
    public static void RemoveUnnamed(string folder, IEnumerable<string> manifests, IReadOnlyCollection<string> superseded)
    {
        try
        {
            var unnamed = Of(folder);
            if (unnamed.Length == 0) return;

            // Looked for in the text: a damaged manifest, and a copy under a name of the user's, keep their weights.
            var texts = Directory.EnumerateFiles(folder, "*.json").Select(File.ReadAllText).ToArray();
            var areReadable = new Lazy<bool>(() => manifests.All(name => IsReadable(Path.Combine(folder, name))));
            foreach (var file in unnamed)
            {
                var name = Path.GetFileName(file);
                if (texts.Any(text => text.Contains(name, StringComparison.Ordinal))) continue;
                if (superseded.Contains(name) || (areReadable.Value && NameOf(HashOf(file)) == name)) File.Delete(file);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The checkpoint is saved; weights that are left over cost space only, and the next save tries again.
        }
    }

    /// <summary>The hash of a file's content.</summary>
    public static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return HashOf(stream);
    }

    /// <summary>The hash of all of a stream, which stands at its start afterwards.</summary>
    public static string HashOf(Stream stream)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        stream.Position = 0;
        return hash;
    }

    private static bool IsReadable(string manifest)
    {
        try
        {
            return !File.Exists(manifest) || ManifestFile.Read(manifest) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static string[] Of(string folder) => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, "weights-*").Where(file => Name().IsMatch(Path.GetFileName(file)))];

    [GeneratedRegex(@"^weights-[0-9a-f]{16}\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
