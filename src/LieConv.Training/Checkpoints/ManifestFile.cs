using System.Text.Json;

namespace LieConv.Training.Checkpoints;

/// <summary>Reads the manifest of a checkpoint and checks what could lead astray.</summary>
internal static class ManifestFile
{
    /// <summary>Reads and checks a manifest.</summary>
    /// <exception cref="InvalidDataException">If it is missing, damaged or of another version.</exception>
    public static CheckpointManifest Read(string path)
    {
        if (!File.Exists(path)) throw new InvalidDataException($"There is no checkpoint '{path}'.");
        CheckpointManifest? manifest;
        var bytes = JsonText.Read(path);
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
        if (manifest?.Identity is null || manifest.Progress is null || manifest.Weights is null)
            throw new InvalidDataException($"'{path}' is not a checkpoint manifest: a field is null.");
        CheckCounts(path, manifest.Progress);
        if (manifest.SchemaVersion != CheckpointManifest.CurrentSchemaVersion)
            throw new InvalidDataException($"'{path}' has schema version {manifest.SchemaVersion}; " +
                $"this version reads {CheckpointManifest.CurrentSchemaVersion}.");
        if (manifest.Weights != Path.GetFileName(manifest.Weights))
            throw new InvalidDataException($"'{path}' names weights outside its folder: '{manifest.Weights}'.");
        return manifest;
    }

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
