using System.Text.Json.Serialization;

namespace LieConv.Training.Learning;

/// <summary>Where a training stands: with the parameters and the optimiser's averages, all of its state.</summary>
public sealed record TrainingProgress
{
    /// <summary>Optimiser steps made.</summary>
    public long Step { get; init; }

    /// <summary>Seconds spent so far, over all sessions.</summary>
    public double ElapsedSeconds { get; init; }

    /// <summary>The weights that the run began with, where it did not begin anew; null for most.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImportedWeights? Imported { get; init; }

    /// <summary>Training examples seen since the last finished epoch.</summary>
    public long EpochExamples { get; init; }

    /// <summary>Sums over those examples by name, such as their loss.</summary>
    public IReadOnlyDictionary<string, double> EpochSums { get; init; } = new Dictionary<string, double>();

    /// <summary>The smallest validation metric so far; null before the first evaluation or without
    /// validation.</summary>
    public double? BestValue { get; init; }

    /// <summary>What decided between epochs that had it, <see cref="Objective.TieMetric"/>; null where there is none, and in
    /// checkpoints of before it was noted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BestTie { get; init; }

    /// <summary>The epoch, from 1, that is the best of them.</summary>
    public long? BestEpoch { get; init; }

    /// <summary>The usual length of the gradient, a running mean over some fifty steps; 0 before the first, or where
    /// lengths have no limit.</summary>
    public double GradientLength { get; init; }

    /// <summary>Evaluations on the validation examples since the one with the smallest metric.</summary>
    public long EvaluationsSinceBest { get; init; }

    /// <summary>How often a plateau has lowered the learning rate.</summary>
    public long RateReductions { get; init; }

    /// <summary>As <see cref="Imported"/>, also of runs of before it was noted: steps that took no time were not made
    /// here.</summary>
    internal ImportedWeights? Origin =>
        Imported ?? (Step > 0 && ElapsedSeconds == 0 ? new ImportedWeights("", Step) : null);

    /// <summary>Adds a batch.</summary>
    /// <param name="count">Its examples.</param>
    /// <param name="meanLoss">Their mean loss.</param>
    /// <param name="sums">Further sums over them.</param>
    internal TrainingProgress WithStep(int count, double meanLoss, IReadOnlyDictionary<string, double> sums)
    {
        var totals = new Dictionary<string, double>(EpochSums);
        totals["loss"] = totals.GetValueOrDefault("loss") + meanLoss * count;
        foreach (var (name, sum) in sums) totals[name] = totals.GetValueOrDefault(name) + sum;
        return this with { Step = Step + 1, EpochExamples = EpochExamples + count, EpochSums = totals };
    }

    /// <summary>Means over the epoch's examples so far.</summary>
    internal Dictionary<string, double> EpochMeans() =>
        EpochSums.ToDictionary(pair => pair.Key, pair => pair.Value / EpochExamples);

    /// <summary>Starts the next epoch's sums.</summary>
    internal TrainingProgress WithEpochEnded() =>
        this with { EpochExamples = 0, EpochSums = new Dictionary<string, double>() };

    /// <summary>Adds an evaluation on the validation examples. One that is as good and wins by the second metric is the
    /// best, but no reason to go on: patience counts those without a better metric.</summary>
    /// <param name="epoch">Its epoch, from 1.</param>
    /// <param name="value">Its selection metric.</param>
    /// <param name="tie">What decides between equal ones; null for nothing.</param>
    /// <param name="patience">Evaluations without a better metric that lower the learning rate; 0 for none.</param>
    internal TrainingProgress WithValidation(long epoch, double value, double? tie, int patience)
    {
        // Any finite number is better than one that is not.
        if (tie is { } number && !double.IsFinite(number)) tie = double.MaxValue;
        if (value < (BestValue ?? double.PositiveInfinity))
            return this with { BestValue = value, BestTie = tie, BestEpoch = epoch, EvaluationsSinceBest = 0 };
        var wins = value == BestValue && tie < BestTie;
        var since = EvaluationsSinceBest + 1;
        var isPlateau = patience > 0 && since % patience == 0;
        return this with
        {
            EvaluationsSinceBest = since, RateReductions = RateReductions + (isPlateau ? 1 : 0),
            BestTie = wins ? tie : BestTie, BestEpoch = wins ? epoch : BestEpoch,
        };
    }
}
