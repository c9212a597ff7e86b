using System.Text.Json;
using LieConv.Serialization;
using LieConv.Training.Json;

namespace LieConv.Training.Learning;

/// <summary>metrics.jsonl: one <see cref="EpochReport"/> a line.</summary>
/// <param name="path">The file.</param>
public sealed class MetricsLog(string path)
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>Where damaged lines go, and the figures of a training that begins anew: metrics.aside.jsonl.</summary>
    internal string Aside => Path.ChangeExtension(path, null) + ".aside" + Path.GetExtension(path);

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

    /// <summary>All lines that can be read, in order. An unfinished last one, as a crash leaves it, and damaged ones are
    /// passed over.</summary>
    public IReadOnlyList<EpochReport> Read() => [.. Lines().Where(line => !line.IsDamaged).Select(line => line.Report!)];

    /// <summary>Drops the lines of steps that the checkpoint has not seen: resuming will make them again. Damaged lines
    /// are set aside in a file of their own.</summary>
    /// <param name="step">Optimiser steps of the checkpoint.</param>
    /// <returns>How many lines were damaged.</returns>
    public int TruncateAfter(long step)
    {
        if (!File.Exists(path)) return 0;
        var lines = Lines();
        var damaged = lines.Where(line => line.IsDamaged).ToArray();
        SetAside(damaged);
        Write(path, lines.Where(line => !line.IsDamaged && line.Report!.Step <= step));
        return damaged.Length;
    }

    /// <summary>Sets all lines aside: a training begins anew.</summary>
    /// <returns>How many there were.</returns>
    internal int SetAllAside()
    {
        if (!File.Exists(path)) return 0;
        var lines = Lines();
        SetAside(lines);
        Write(path, []);
        return lines.Count;
    }

    /// <summary>The subject of a sentence about damaged lines.</summary>
    internal string DamagedLines(int count) =>
        count == 1 ? $"A damaged line of '{path}' was" : $"{count} damaged lines of '{path}' were";

    private void SetAside(IReadOnlyList<Line> lines)
    {
        if (lines.Count == 0) return;
        using var file = new FileStream(Aside, FileMode.Append, FileAccess.Write);
        foreach (var line in lines) line.WriteTo(file);
    }

    private static void Write(string path, IEnumerable<Line> lines) => AtomicFile.Write(path, stream =>
    {
        foreach (var line in lines) line.WriteTo(stream);
    });

    private List<Line> Lines()
    {
        var lines = new List<Line>();
        if (!File.Exists(path)) return lines;
        var bytes = File.ReadAllBytes(path);
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf(LineEnd);
            var isFinished = length >= 0;
            var content = bytes[start..(isFinished ? start + length : bytes.Length)];
            start += content.Length + 1;
            if (content.All(b => b is (byte)' ' or (byte)'\r')) continue;
            var line = new Line(content, Parse(content));
            if (isFinished || !line.IsDamaged) lines.Add(line);
        }
        return lines;
    }

    private static EpochReport? Parse(byte[] line)
    {
        try
        {
            return JsonSerializer.Deserialize<EpochReport>(line, JsonFormat.Line) is { Metrics: not null } report
                ? report
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A line as it stands in the file, and what it says; null where it is damaged.</summary>
    private sealed record Line(byte[] Content, EpochReport? Report)
    {
        public bool IsDamaged => Report is null;

        public void WriteTo(Stream stream)
        {
            stream.Write(Content);
            stream.WriteByte(LineEnd);
        }
    }
}
