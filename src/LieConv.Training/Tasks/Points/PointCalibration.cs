using LieConv.Training.Conformal;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Points;

/// <summary>How far off a network is on validation sets, from which prediction sets and intervals of new sets follow:
/// calibration.json in a run's folder.</summary>
internal sealed record PointCalibration
{
    /// <summary>Name of the file.</summary>
    public const string Name = "calibration.json";

    /// <summary>For each target its scores.</summary>
    public required IReadOnlyList<TargetScores> Targets { get; init; }

    /// <summary>The scores of a target.</summary>
    /// <param name="Target">Its name.</param>
    /// <param name="Scores">Scores of the true values, set by set; what is infinite is left to mean that everything is
    /// possible.</param>
    /// <param name="Sizes">Points of each set; empty where sets have the target.</param>
    public sealed record TargetScores(string Target, IReadOnlyList<double> Scores, IReadOnlyList<int> Sizes);

    /// <summary>The calibration by what a network said of validation sets.</summary>
    public static PointCalibration Create(PointEvaluation validation) => new()
    {
        Targets = [.. validation.Answers.Select(own => new TargetScores(own.Target.Name, own.Scores(), own.Sizes))],
    };

    /// <summary>Reads that of a run.</summary>
    /// <exception cref="InvalidDataException">If there is none or it is damaged: one sentence.</exception>
    public static PointCalibration Read(string folder, int targets)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            throw new InvalidDataException(
                $"There is no '{path}', from which prediction sets and intervals follow; a training with validation sets " +
                $"that ended, or 'lieconv evaluate {folder}', writes it.");
        var own = ConfigFile.Read<PointCalibration>(path);
        return own.Targets is { } all && all.Count == targets && all.All(one => one?.Scores is not null && one.Sizes is not null)
            ? own
            : throw new InvalidDataException($"'{path}' does not have the scores of {targets} targets.");
    }

    /// <summary>Writes it into a run's folder.</summary>
    public void Write(string folder) => ConfigFile.Write(Path.Combine(folder, Name), this);

    /// <summary>What belongs to the predictions of each target.</summary>
    /// <param name="level">The coverage asked for, between 0 and 1.</param>
    public ConformalThreshold[] Thresholds(double level) => [.. Targets.Select(own => own.Sizes.Count == 0
        ? ConformalThreshold.Calibrate([.. own.Scores], level)
        : ConformalThreshold.Calibrate([.. own.Scores], [.. own.Sizes], level))];
}
