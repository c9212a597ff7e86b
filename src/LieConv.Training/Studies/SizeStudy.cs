using System.Diagnostics;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Studies;

/// <summary>Trains networks on sets of different sizes, to see how much data each needs.</summary>
/// <param name="task">What is learnt.</param>
/// <param name="folder">Where the runs and the table go.</param>
/// <param name="configure">The settings of a cell.</param>
public sealed class SizeStudy(LearningTask task, StudyFolder folder, Func<StudyCell, RunConfig> configure)
{
    /// <summary>Trains the cells that are not finished; one that was begun goes on where it stopped.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="maxMinutes">Time for all of them; 0 for no limit.</param>
    /// <param name="threads">Threads of libtorch; null for each run's own.</param>
    /// <param name="say">Told what is trained.</param>
    /// <param name="watch">Runs a training with an observer.</param>
    /// <param name="interruption">Stops after the current step, with the state saved.</param>
    /// <returns>Cells that are left.</returns>
    /// <exception cref="ArgumentException">If the settings of a cell are wrong, or not those of its run in the folder;
    /// nothing is trained then.</exception>
    public int Run(
        IReadOnlyList<StudyCell> cells, double maxMinutes, int? threads, Action<string> say,
        Func<TrainingRun, Func<TrainingObserver, RunResult?>, RunResult?> watch, CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(say);
        ArgumentNullException.ThrowIfNull(watch);
        foreach (var cell in cells)
            if (task.Study.Complaint(configure(cell), cell.Network, cell.Group) is { } complaint)
                throw new ArgumentException(complaint);
        if (cells.SelectMany(cell => configure(cell).Validate()).FirstOrDefault() is { } error)
            throw new ArgumentException(error);
        foreach (var cell in cells) CheckSameSettings(cell);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < cells.Count; i++)
        {
            if (folder.IsFinished(cells[i])) continue;
            var left = maxMinutes - clock.Elapsed.TotalMinutes;
            if (interruption.IsCancellationRequested || (maxMinutes > 0 && left <= 0)) break;
            say($"[{i + 1}/{cells.Count}] {cells[i].FolderName}");
            try
            {
                Train(cells[i], config => config with
                {
                    Train = config.Train with { Threads = threads ?? config.Train.Threads },
                }, maxMinutes > 0 ? left : 0, watch, interruption);
            }
            catch (RunInUseException failure)
            {
                say(failure.Message); // another study fills this folder, too: it has this cell, and others are left
            }
            folder.WriteTable();
        }
        folder.WriteTable();
        return cells.Count(cell => !folder.IsFinished(cell));
    }

    /// <summary>A table must not mix settings: runs of earlier calls count only if they were asked for likewise.</summary>
    private void CheckSameSettings(StudyCell cell)
    {
        var run = folder.RunPath(cell);
        var file = Path.Combine(run, "config.json");
        if (!File.Exists(file)) return;
        var (had, wanted) = (DecisiveSettings(task.Read(file)), DecisiveSettings(configure(cell)));
        if (wanted.FirstOrDefault(pair => had[pair.Key] != pair.Value) is { Key: { } key, Value: var value })
            throw new ArgumentException(
                $"'{run}' was trained with {key}={had[key]}, not {value}; choose another --out for other settings.");
    }

    /// <summary>What decides the outcome of a training; where and how fast it is computed does not.</summary>
    private Dictionary<string, string> DecisiveSettings(RunConfig config)
    {
        config = task.Study.Decisive(config);
        var settings = ConfigFile.Flatten<object>(config with
        {
            Preset = "", DataDescription = "",
            Train = config.Train with { Threads = 0, MaxMinutes = 0, CheckpointMinutes = 1, Device = "cpu" },
        }, "");
        if (task.Settings.FirstOrDefault(setting => setting.Option == UsualSettings.DataRootOption) is { Key: { } root })
            settings.Remove(root);
        return settings;
    }

    private void Train(
        StudyCell cell, Func<RunConfig, RunConfig> session, double minutes,
        Func<TrainingRun, Func<TrainingObserver, RunResult?>, RunResult?> watch, CancellationToken interruption)
    {
        var path = folder.RunPath(cell);
        using var run = File.Exists(Path.Combine(path, "config.json"))
            ? task.Open(path, session, _ => { })
            : task.Start(session(configure(cell)), path, _ => { });
        run.SessionMinutes = minutes;
        try
        {
            watch(run, observer => run.Train(observer, interruption));
        }
        catch (TrainingFailedException)
        {
            // The other cells are worth training; this one's result says that it failed, and the table counts it so.
        }
    }
}
