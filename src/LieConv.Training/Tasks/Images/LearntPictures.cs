using LieConv.Training.Preparation;

namespace LieConv.Training.Tasks.Images;

/// <summary>What a run found in its pictures: classes, and scales and weights that are learnt on the training part only.
/// With it new files are read without the data.</summary>
public sealed record LearntPictures
{
    /// <summary>Names of the classes.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>For each channel the mean and standard deviation of pixels, black 0 and white 1.</summary>
    public required IReadOnlyList<ColumnScale> Channels { get; init; }

    /// <summary>What the classes weigh in the loss.</summary>
    public required IReadOnlyList<double> ClassWeights { get; init; }

    /// <summary>Whether all is there and goes together, as it may not in a file that was edited.</summary>
    internal bool IsSound() =>
        Classes is { Count: > 1 } && Channels is { Count: 1 or 3 } && ClassWeights?.Count == Classes.Count
        && Channels.All(scale => scale is { Scale: > 0 } && double.IsFinite(scale.Mean) && double.IsFinite(scale.Scale));
}
