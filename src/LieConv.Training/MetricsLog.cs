using System.Text;
using System.Text.Json;
using LieConv.Serialization;

namespace LieConv.Training;

/// <summary>metrics.jsonl: one <see cref="EpochReport"/> a line.</summary>
/// <param name="path">The file.</param>
public sealed class MetricsLog(string path)
{
    /// <summary>Adds a line.</summary>
    /// <exception cref="IOException">If the disk is full: one sentence.</exception>
    public void Append(EpochReport report)
    {
        try
        {
            File.AppendAllText(path, JsonSerializer.Serialize(report, JsonFormat.Line) + "\n");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot write '{path}': {failure.Message.TrimEnd('.')}.", failure);
        }
    }

    /// <summary>All lines; an unfinished last one, as a crash leaves it, is passed over.</summary>
    /// <exception cref="InvalidDataException">If another line is damaged.</exception>
    public IReadOnlyList<EpochReport> Read()
    {
        if (!File.Exists(path)) return [];
        var lines = File.ReadAllLines(path);
        var reports = new List<EpochReport>();
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                if (lines[i].Length > 0)
                    reports.Add(JsonSerializer.Deserialize<EpochReport>(lines[i], JsonFormat.Line)!);
            }
            catch (JsonException failure)
            {
                if (i == lines.Length - 1) break;
                throw new InvalidDataException($"'{path}' line {i + 1} is damaged; expected the figures of an epoch as JSON.", failure);
            }
        }
        return reports;
    }

    /// <summary>Drops the lines of steps that the checkpoint has not seen: resuming will make them again.</summary>
    /// <param name="step">Optimiser steps of the checkpoint.</param>
    public void TruncateAfter(long step)
    {
        if (!File.Exists(path)) return;
        var kept = Read().Where(report => report.Step <= step)
            .Select(report => JsonSerializer.Serialize(report, JsonFormat.Line));
        var text = Encoding.UTF8.GetBytes(string.Concat(kept.Select(line => line + "\n")));
        AtomicFile.Write(path, stream => stream.Write(text));
    }
}
