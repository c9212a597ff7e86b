using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Checkpoints;

/// <summary>The manifest of a checkpoint as bytes: with a checksum of itself, and checked for what could lead
/// astray.</summary>
internal static class ManifestFile
{
    private static readonly string NoChecksum = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>The bytes of a manifest, with their checksum.</summary>
    public static byte[] Serialize(CheckpointManifest manifest)
    {
        var bytes = Bytes(manifest with { Checksum = NoChecksum });
        return Bytes(manifest with { Checksum = Convert.ToHexStringLower(SHA256.HashData(bytes)) });
    }

    /// <summary>Reads and checks a manifest.</summary>
    /// <exception cref="InvalidDataException">If it is missing, damaged or of another version.</exception>
    public static CheckpointManifest Read(string path) => File.Exists(path)
        ? Parse(path, JsonText.Read(path))
        : throw new InvalidDataException($"There is no checkpoint '{path}'.");

    /// <summary>Reads and checks the bytes of a manifest.</summary>
    /// <exception cref="InvalidDataException">If they are damaged or of another version.</exception>
    public static CheckpointManifest Parse(string path, byte[] bytes)
    {
        CheckpointManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<CheckpointManifest>(bytes, JsonFormat.Indented);
        }
        catch (InvalidOperationException failure)
        {
            throw new InvalidDataException($"'{path}' is not a checkpoint manifest: a text in it is not Unicode.", failure);
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException(
                $"'{path}' is not a checkpoint manifest: {JsonFault.Describe(failure, bytes.Length)}.", failure);
        }
        if (manifest?.Identity is null || manifest.Progress?.EpochSums is null || manifest.Weights is null ||
            manifest.Sha256 is null || manifest.Metrics is null)
            throw new InvalidDataException($"'{path}' is not a checkpoint manifest: a field is null.");
        if (manifest.Checksum is { } checksum && !Agrees(checksum, bytes))
            throw new InvalidDataException(
                $"'{path}' is damaged or was edited: its content does not agree with its own checksum.");
        CheckCounts(path, manifest.Progress);
        if (manifest.SchemaVersion != CheckpointManifest.CurrentSchemaVersion)
            throw new InvalidDataException($"'{path}' has schema version {manifest.SchemaVersion}; " +
                $"this version reads {CheckpointManifest.CurrentSchemaVersion}.");
        if (manifest.Weights != Path.GetFileName(manifest.Weights))
            throw new InvalidDataException($"'{path}' names weights outside its folder: '{manifest.Weights}'.");
        return manifest;
    }

    /// <summary>The bytes of the file count, not its values, so that later versions may have more keys.</summary>
    private static bool Agrees(string checksum, byte[] bytes)
    {
        var own = Encoding.ASCII.GetBytes(checksum);
        if (checksum.Length != NoChecksum.Length || bytes.AsSpan().IndexOf(own) is not (>= 0 and var at)) return false;
        var zeroed = bytes.ToArray();
        zeroed.AsSpan(at, own.Length).Fill((byte)'0');
        return checksum == Convert.ToHexStringLower(SHA256.HashData(zeroed));
    }

    private static byte[] Bytes(CheckpointManifest manifest) =>
        JsonSerializer.SerializeToUtf8Bytes(manifest, JsonFormat.Indented);

    private static void CheckCounts(string path, TrainingProgress progress)
    {
        if (progress is { Step: < 0 } or { EpochExamples: < 0 })
            throw new InvalidDataException($"'{path}' is damaged: step is {progress.Step} and epochExamples " +
                $"{progress.EpochExamples}; expected 0 or more.");
        if (progress is { EvaluationsSinceBest: < 0 } or { RateReductions: < 0 })
            throw new InvalidDataException($"'{path}' is damaged: evaluationsSinceBest is " +
                $"{progress.EvaluationsSinceBest} and rateReductions {progress.RateReductions}; expected 0 or more.");
    }
}
