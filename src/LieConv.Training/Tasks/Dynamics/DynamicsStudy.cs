using System.Diagnostics;
using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Trains networks on sets of different sizes, to see how much data each needs.</summary>
/// <param name="folder">Where the runs and the table go.</param>
/// <param name="configure">The settings of a cell.</param>
public sealed class DynamicsStudy(StudyFolder folder, Func<StudyCell, DynamicsConfig> configure)
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
        foreach (var cell in cells) CheckSpace(cell);
        if (cells.SelectMany(cell => configure(cell).Validate()).FirstOrDefault() is { } error)
            throw new ArgumentException(error);
        foreach (var cell in cells) CheckSameSettings(cell);
        var clock = Stopwatch.StartNew();
        var title = $"Test error on {configure(cells[0]).Task}";
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
            folder.WriteTable(title);
        }
        folder.WriteTable(title);
        return cells.Count(cell => !folder.IsFinished(cell));
    }

    /// <summary>Networks of a study are written with their groups, and without one mean translations of the plane.
    /// </summary>
    private void CheckSpace(StudyCell cell)
    {
        var config = configure(cell);
        if (cell.Group is null || config.Group != cell.Group) return;
        var (group, space) = (LieGroups.Parse(cell.Group), config.Data.Dimensions);
        if (space is 2 or 3 && group.PointDim != space)
            throw new ArgumentException(
                $"{group} acts on {group.PointDim}-dimensional points, but the particles move in {space} dimensions; " +
                $"write a group of that space after the network, such as {cell.Network}:T{space}.");
    }

    /// <summary>A table must not mix settings: runs of earlier calls count only if they were asked for likewise.</summary>
    private void CheckSameSettings(StudyCell cell)
    {
        var run = folder.RunPath(cell);
        var file = Path.Combine(run, "config.json");
        if (!File.Exists(file)) return;
        var (had, wanted) = (DecisiveSettings(DynamicsConfig.Read(file)), DecisiveSettings(configure(cell)));
        if (wanted.FirstOrDefault(pair => had[pair.Key] != pair.Value) is { Key: { } key, Value: var value })
            throw new ArgumentException(
                $"'{run}' was trained with {key}={had[key]}, not {value}; choose another --out for other settings.");
    }

    /// <summary>What decides the outcome of a training; where and how fast it is computed does not.</summary>
    private static Dictionary<string, string> DecisiveSettings(DynamicsConfig config) => ConfigFile.Flatten(config with
    {
        Preset = "", DataDescription = "", Data = config.Data with { DataRoot = null },
        Group = DynamicsNetworks.GroupOf(config.Network, config.Group, config.Data.Dimensions)?.ToString() ?? "",
        Train = config.Train with { Threads = 0, MaxMinutes = 0, CheckpointMinutes = 1, Device = "cpu" },
    }, "");

    private void Train(
        StudyCell cell, Func<DynamicsConfig, DynamicsConfig> session, double minutes,
        Func<TrainingRun, Func<TrainingObserver, RunResult?>, RunResult?> watch, CancellationToken interruption)
    {
        var path = folder.RunPath(cell);
        using var run = File.Exists(Path.Combine(path, "config.json"))
            ? DynamicsRun.Open(path, session, _ => { })
            : DynamicsRun.Start(session(configure(cell)), path, _ => { });
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
