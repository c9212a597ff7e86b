namespace LieConv.Training.Learning;

/// <summary>The figures of one epoch: a line of metrics.jsonl.</summary>
public sealed record EpochReport
{
    /// <summary>Number of the epoch, from 1.</summary>
    public long Epoch { get; init; }

    /// <summary>Optimiser steps made so far.</summary>
    public long Step { get; init; }

    /// <summary>Seconds of training and evaluation so far, over all sessions.</summary>
    public double ElapsedSeconds { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>
    /// Means by name: train.* over the epoch as it went (so while the model changed), validation.* or test.* after it,
    /// where the epoch was evaluated.
    /// </summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();
}
