using LieConv.Training.Json;

namespace LieConv.Training.Checkpoints;

/// <summary>A manifest and the bytes it was read from.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Bytes">The file's content, its checksum included.</param>
internal sealed record SavedManifest(CheckpointManifest Manifest, byte[] Bytes)
{
    /// <summary>Reads and checks a manifest.</summary>
    /// <exception cref="InvalidDataException">If it is damaged.</exception>
    public static SavedManifest Read(string path)
    {
        var bytes = JsonText.Read(path);
        return new SavedManifest(ManifestFile.Parse(path, bytes), bytes);
    }
}
