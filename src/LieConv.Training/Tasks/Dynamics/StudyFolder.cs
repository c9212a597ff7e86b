using System.Text;
using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>The folder of a study: a run for each cell, and the table of all that are finished.</summary>
/// <param name="path">The folder.</param>
public sealed class StudyFolder(string path)
{
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

    /// <summary>The outcome of every finished run in the folder, whoever trained it.</summary>
    public IReadOnlyList<StudyRow> Rows() => !Directory.Exists(FullPath) ? [] :
    [
        .. from config in Directory.EnumerateFiles(FullPath, "config.json", SearchOption.AllDirectories)
               .Order(StringComparer.Ordinal)
           let run = Path.GetDirectoryName(config)!
           let result = ResultOf(run)
           where result is not null && DynamicsConfig.IsTask(RunConfig.TaskOf(config))
           let settings = DynamicsConfig.Read(config)
           orderby settings.Data.TrainCount, settings.Train.Seed
           select new StudyRow(
               DynamicsRun.Name(settings.Network, settings.Group), settings.Data.TrainCount,
               settings.Train.Seed, result.Metrics["mse"]),
    ];

    /// <summary>Writes study.json, study.md and study.png anew from all finished runs.</summary>
    /// <param name="title">Heading of the picture.</param>
    /// <returns>The rows.</returns>
    public IReadOnlyList<StudyRow> WriteTable(string title)
    {
        var rows = Rows();
        if (rows.Count == 0) return rows;
        ConfigFile.Write(Path.Combine(FullPath, "study.json"), rows);
        var table = Encoding.UTF8.GetBytes(StudyTable.Markdown(rows));
        AtomicFile.Write(Path.Combine(FullPath, "study.md"), stream => stream.Write(table));

        StudyPlot.Write(Path.Combine(FullPath, "study.png"), rows, title);
        return rows;
    }

    private static RunResult? ResultOf(string run)
    {
        var file = Path.Combine(run, "result.json");
        if (!File.Exists(file)) return null;
        var result = ConfigFile.Read<RunResult>(file);
        return result.Stopped is StopReason.Completed or StopReason.EarlyStopping or StopReason.Failed ? result : null;
    }
}
