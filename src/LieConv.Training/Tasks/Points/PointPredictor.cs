using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Json;

namespace LieConv.Training.Tasks.Points;

/// <summary>Predicts for new files of points: what is wrong with one set is said, and the others are predicted.</summary>
/// <param name="task">The task.</param>
internal sealed class PointPredictor(PointTask task) : IPredictor
{
    /// <inheritdoc/>
    public string Description => "classes and numbers of sets of points";

    /// <inheritdoc/>
    public string Paths { get; init; } = "Points: tables, files or folders of points, as the training read them.";

    /// <summary>Options that the task has besides.</summary>
    public IReadOnlyList<Setting> MoreOptions { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<Setting> Options =>
        [PointMeasure.Coverage("Points: also prediction sets and intervals of this coverage, such as 0.9."), .. MoreOptions];

    /// <inheritdoc/>
    public PredictedResults Predict(PredictionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Paths.Count == 0)
            throw new ArgumentException(
                $"'{request.Run.Path}' is a run of {task.Name}; expected files or folders of points after it.");
        var config = RunConfig.Read<PointConfig>(request.Run.Config, task.Name);
        if (config.Found is not { } found)
            throw new InvalidDataException(
                $"'{request.Run.Config}' does not say what was found in the data; expected a run that has started.");
        config = config with
        {
            Train = config.Train with { Threads = request.Threads ?? config.Train.Threads, Augment = false },
        };
        using var network = PointForecast.Open(request.Run, request.Checkpoint, config);
        var thresholds = request.Options.Number(PointMeasure.CoverageOption) is { } level
            ? PointCalibration.Read(request.Run.Path, found.Schema.Targets.Count).Thresholds(level)
            : null;
        foreach (var remark in (thresholds ?? []).Select(own => own.Remark).OfType<string>().Distinct())
            request.Say(remark);
        var table = new PointPredictions(found.Schema, thresholds);
        var sets = task.NewSets(config, request);
        foreach (var path in request.Paths) Predict(path, sets, network, table, request);
        sets.Finish();
        return table;
    }

    /// <summary>Predicts the sets of a path.</summary>
    private static void Predict(
        string path, INewSets sets, PointForecast network, PointPredictions table, PredictionRequest request)
    {
        try
        {
            foreach (var set in sets.Read(path))
            {
                request.Interruption.ThrowIfCancellationRequested();
                if (set.Fault is not null || set.Points is null)
                {
                    table.Refuse();
                    request.Say(set.Fault ?? $"{set.Place}: there are no points.");
                    continue;
                }
                if (!network.CanHold(set.Points))
                {
                    table.Refuse();
                    request.Say($"{set.Place}: set '{set.Id}' has a number too large for the network; expected numbers of " +
                        "about the size of those that it learnt from.");
                    continue;
                }
                table.Add(set, network.Predict(set.Points), request.Say);
            }
        }
        catch (Exception failure) when (
            failure is ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            table.Refuse(); // the paths before and after it are predicted all the same
            request.Say(FailureText.Describe(failure));
        }
    }
}
