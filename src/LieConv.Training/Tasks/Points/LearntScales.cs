using LieConv.Datasets.Points;
using LieConv.Training.Preparation;

namespace LieConv.Training.Tasks.Points;

/// <summary>What a run found in its data: what columns mean, and scales and weights that are learnt on the training part
/// only. With it new files are read without the data.</summary>
public sealed record LearntScales
{
    /// <summary>What the columns mean.</summary>
    public required PointSchema Schema { get; init; }

    /// <summary>Points of the largest set.</summary>
    public required int LargestSet { get; init; }

    /// <summary>How coordinates become numbers of the size that networks work with.</summary>
    public required CoordinateScale Positions { get; init; }

    /// <summary>The same of each channel of the values; those of categories stay as they are.</summary>
    public required IReadOnlyList<ColumnScale> Values { get; init; }

    /// <summary>The same of each target; that of a class stays as it is.</summary>
    public required IReadOnlyList<ColumnScale> Targets { get; init; }

    /// <summary>For each target what its classes weigh in the loss; empty for a number.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> ClassWeights { get; init; }

    /// <summary>Whether all is there and goes together, as it may not in a file that was edited.</summary>
    internal bool IsSound() =>
        Schema is { Coordinates: not null, Values: not null, Targets: not null } &&
        Schema.Values.All(value => value is { Name: not null, Categories: not null }) &&
        Schema.Targets.All(target => target is { Name: not null, Classes: not null }) &&
        Schema.Validate().Count == 0 && LargestSet > 0 &&
        Positions is { Centre: not null, Scale: > 0 } && Positions.Centre.Count == Schema.Dimensions &&
        AreSound(Values, Schema.Channels) && AreSound(Targets, Schema.Targets.Count) &&
        ClassWeights is not null && ClassWeights.Count == Schema.Targets.Count && ClassWeights.Index().All(
            own => own.Item is not null && own.Item.Count == Schema.Targets[own.Index].Classes.Count);

    private static bool AreSound(IReadOnlyList<ColumnScale>? scales, int count) =>
        scales is not null && scales.Count == count && scales.All(scale => scale is { Scale: > 0 });
}
