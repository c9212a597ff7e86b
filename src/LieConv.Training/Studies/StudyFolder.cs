using System.Text;
using System.Text.Json.Nodes;
using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Studies;

/// <summary>The folder of a study: a run for each cell, and the table of all that are finished.</summary>
/// <param name="task">What is learnt.</param>
/// <param name="path">The folder.</param>
public sealed class StudyFolder(LearningTask task, string path)
{
    private readonly Metric _metric = task.Metrics[0];

    /// <summary>The folder.</summary>
    public string FullPath { get; } = path;

    /// <summary>The run of a cell.</summary>
    public string RunPath(StudyCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Path.Combine(FullPath, cell.FolderName);
    }

    /// <summary>Whether a cell's training came to its end, be it a failure.</summary>
    public bool IsFinished(StudyCell cell) => ResultOf(RunPath(cell)) is not null;

    /// <summary>Refuses a folder that is none, or is the study of another task, whose table would be lost.</summary>
    /// <exception cref="ArgumentException">If it is: one sentence.</exception>
    public void Check()
    {
        if (File.Exists(FullPath)) throw new ArgumentException($"'{FullPath}' is a file; expected a folder.");
        if (Runs().FirstOrDefault(run => run.Task is not null && run.Task != task.Name) is { Task: { } other, Path: var run })
            throw new ArgumentException(
                $"'{FullPath}' has runs of {other}, such as '{run}'; expected a folder of runs of {task.Name} alone, or a " +
                "new one.");
    }

    /// <summary>The outcome of every finished run of the task in the folder, whoever trained it.</summary>
    public IReadOnlyList<StudyRow> Rows() =>
    [
        .. from run in Runs()
           let result = ResultOf(run.Path)
           where result is not null && run.Task == task.Name
           let settings = task.Read(run.Config)
           let size = SizeOf(settings)
           where size > 0
           orderby size, settings.Train.Seed
           select new StudyRow(NameOf(result), size, settings.Train.Seed, ErrorOf(result)),
    ];

    /// <summary>Writes study.json, study.md and study.png anew from all finished runs.</summary>
    /// <returns>The rows.</returns>
    public IReadOnlyList<StudyRow> WriteTable()
    {
        var rows = Rows();
        if (rows.Count == 0) return rows;
        ConfigFile.Write(Path.Combine(FullPath, "study.json"), rows.Select(row => new JsonObject
        {
            ["network"] = row.Network, ["size"] = row.Size, ["seed"] = row.Seed,
            [_metric.Name] = double.IsFinite(row.Error) ? row.Error : FormattableString.Invariant($"{row.Error}"),
        }));
        var table = Encoding.UTF8.GetBytes(StudyTable.Markdown(rows));
        AtomicFile.Write(Path.Combine(FullPath, "study.md"), stream => stream.Write(table));
        StudyPlot.Write(
            Path.Combine(FullPath, "study.png"), rows, $"Test error on {task.Name}", $"{task.ExampleName} to train on",
            $"{_metric.Axis} on test {task.ExampleName}{(_metric.Unit.Length == 0 ? "" : $" in {_metric.Unit}")}");
        return rows;
    }

    /// <summary>The runs in the folder, in the order of their paths, with their tasks where these can be read.</summary>
    private IEnumerable<(string Path, string Config, string? Task)> Runs() => !Directory.Exists(FullPath) ? [] :
        from config in Directory.EnumerateFiles(FullPath, "config.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
        select (Path.GetDirectoryName(config)!, config, RunConfig.TaskOf(config));

    /// <summary>A run that failed before its evaluation has the metric by which epochs are chosen only.</summary>
    private double ErrorOf(RunResult result) => result.Metrics.TryGetValue(_metric.Name, out var error) ? error : double.NaN;

    private string NameOf(RunResult result)
    {
        var network = result.Network ?? task.Networks[0].Name;
        return result.Group.Length == 0 ? network : $"{network}-{result.Group}";
    }

    private int SizeOf(RunConfig config)
    {
        var key = task.Settings.FirstOrDefault(setting => setting.Option == UsualSettings.TrainOption)?.Key;
        return key is not null && ConfigFile.Flatten<object>(config, "").TryGetValue(key, out var text)
            && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var size) ? size : 0;
    }

    private static RunResult? ResultOf(string run)
    {
        var file = Path.Combine(run, "result.json");
        if (!File.Exists(file)) return null;
        var result = ConfigFile.Read<RunResult>(file);
        return result.Stopped is StopReason.Completed or StopReason.EarlyStopping or StopReason.Failed ? result : null;
    }
}
