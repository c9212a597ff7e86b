using LieConv.Training.Checkpoints;

namespace LieConv.Training;

/// <summary>The folder of a run: what was asked for, how it went, what came out.</summary>
public sealed class RunFolder
{
    private RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The resolved configuration.</summary>
    public string Config => In("config.json");

    /// <summary>The result of the final evaluation.</summary>
    public string Result => In("result.json");

    /// <summary>The picture of the training curves.</summary>
    public string Curves => In("curves.png");

    /// <summary>The figures of each epoch.</summary>
    public MetricsLog Metrics => new(In("metrics.jsonl"));

    /// <summary>The checkpoints.</summary>
    public CheckpointStore Checkpoints => new(In("checkpoints"));

    /// <summary>Makes the folder of a new run.</summary>
    /// <exception cref="ArgumentException">If there is something already: a run is never overwritten.</exception>
    /// <exception cref="IOException">If the folder cannot be made.</exception>
    public static RunFolder Create(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("The name of the run's folder is blank; expected a path.");
        if (File.Exists(path)) throw new ArgumentException($"'{path}' is a file; choose another --out.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new ArgumentException(
                $"'{path}' exists already; choose another --out, or continue it with --resume {path}.");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot make the folder '{path}': {failure.Message.TrimEnd('.')}.", failure);
        }
        return new RunFolder(path);
    }

    /// <summary>Opens the folder of an existing run.</summary>
    /// <exception cref="InvalidDataException">If it is not one.</exception>
    public static RunFolder Open(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("The name of the run is blank; expected its folder.");
        var run = new RunFolder(path);
        if (!Directory.Exists(path)) throw new InvalidDataException($"There is no run '{path}'.");
        if (!File.Exists(run.Config)) throw new InvalidDataException($"'{path}' is not a run: it has no config.json.");
        return run;
    }

    /// <summary>The usual name of a new run: runs/task-group-time, in UTC.</summary>
    public static string DefaultPath(string task, string group, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(group);
        var name = new string([.. group.Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : '-')]);
        var time = now.UtcDateTime.ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        return System.IO.Path.Combine("runs", $"{task}-{name}-{time}");
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
