using System.Diagnostics;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Optimization;
using LieConv.Training.Randomness;
using static TorchSharp.torch;

namespace LieConv.Training.Loop;

/// <summary>
/// Trains a task with Adam, evaluates, logs and saves. The state is the parameters, Adam's averages, the average of the
/// weights and a <see cref="TrainingProgress"/>; resumed on a CPU with the same number of threads, a training continues
/// bit for bit, in the middle of an epoch too.
/// </summary>
/// <remarks>
/// With validation examples the result is the epoch with the smallest <see cref="Objective.SelectionMetric"/> on
/// them, of equal ones that with the smallest <see cref="Objective.TieMetric"/>; without, the last epoch. The test
/// examples are never used to choose. Where the weights are averaged, every evaluation and the result are of the average.
/// </remarks>
public sealed class TrainingLoop : IDisposable
{
    /// <summary>Epochs that end sooner after the last checkpoint share one: writing a thousand of them would take
    /// longer than the thousand epochs of a small training set.</summary>
    private const double ShortEpochSeconds = 2;

    private readonly Objective _objective;
    private readonly TrainOptions _options;
    private readonly CheckpointStore _checkpoints;
    private readonly MetricsLog _log;
    private readonly TrainingObserver _observer;
    private readonly SeedSequence _seeds;
    private readonly EpochOrder _order;
    private readonly Optimizer _optimizer;
    private readonly Stopwatch _clock = new();
    private TrainingProgress _progress = new();
    private IReadOnlyDictionary<string, double> _metrics = new Dictionary<string, double>();
    private (long Step, Evaluation Evaluation)? _tested;
    private double _secondsBefore;
    private double _savedAt;
    private bool _hasSaved;

    /// <summary>Prepares a training from its start.</summary>
    /// <param name="objective">What to train.</param>
    /// <param name="options">How.</param>
    /// <param name="checkpoints">Where to save.</param>
    /// <param name="log">Where the epochs' figures go.</param>
    /// <param name="observer">Who is told.</param>
    /// <exception cref="ArgumentException">If the options are out of range, or need validation examples and there are
    /// none.</exception>
    public TrainingLoop(
        Objective objective, TrainOptions options, CheckpointStore checkpoints, MetricsLog log, TrainingObserver observer)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate(objective.HasValidation) is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        (_objective, _options, _checkpoints, _log, _observer) = (objective, options, checkpoints, log, observer);
        _seeds = new SeedSequence(options.Seed);
        _order = new EpochOrder(_seeds, objective.TrainCount, options.Batch);
        TotalSteps = _order.StepsPerEpoch * options.Epochs;
        _optimizer = new Optimizer(objective.Model, options, TotalSteps);
    }

    /// <summary>Steps of the whole training.</summary>
    public long TotalSteps { get; }

    /// <summary>Where the training stands.</summary>
    public TrainingProgress Progress => _progress with { ElapsedSeconds = Elapsed };

    private double Elapsed => _secondsBefore + _clock.Elapsed.TotalSeconds;

    private bool EpochIsPending => _progress.EpochExamples > 0 && _progress.Step % _order.StepsPerEpoch == 0;

    /// <summary>Continues from the last checkpoint, or where it is damaged or missing, from the newest other one; the
    /// observer is told then.</summary>
    /// <exception cref="InvalidDataException">If none is whole, they belong to another model, or the options were
    /// changed so that the steps made no longer count.</exception>
    public void Resume()
    {
        var manifest = ResumePoint.Load(
            _checkpoints, _objective, _optimizer.Adam, _optimizer.Average, _observer.Notice);
        if (SettingsChange.Describe(manifest.Settings, _checkpoints.Settings) is { } change) _observer.Notice(change);
        (_progress, _metrics, _hasSaved) = (manifest.Progress, manifest.Metrics, true);
        _secondsBefore = _savedAt = _progress.ElapsedSeconds;
        if (_log.TruncateAfter(_progress.Step - (EpochIsPending ? 1 : 0)) is > 0 and var damaged)
            _observer.Notice($"{_log.DamagedLines(damaged)} set aside in '{_log.Aside}'.");
    }

    /// <summary>Trains until all epochs are done, nothing gets better, the time is used up or somebody asks to
    /// stop.</summary>
    /// <param name="interruption">Ends the training after the current step, with the state saved.</param>
    /// <exception cref="TrainingFailedException">If the loss or a weight is not finite; the last checkpoint that is
    /// stays.</exception>
    /// <exception cref="IOException">If something cannot be saved; the last good checkpoint stays.</exception>
    public TrainingResult Run(CancellationToken interruption)
    {
        _clock.Start();
        try
        {
            var reason = Train(interruption);
            if (reason != StopReason.Completed) Save(CheckpointStore.Last);
            if (reason != StopReason.Interrupted && Finish(reason, interruption) is { } result) return result;
            return new TrainingResult(StopReason.Interrupted, Progress, null, CurrentEpoch);
        }
        finally
        {
            _clock.Stop();
        }
    }

    /// <summary>Frees the optimiser; the task stays the caller's.</summary>
    public void Dispose() => _optimizer.Dispose();

    private long CurrentEpoch => (_progress.Step + _order.StepsPerEpoch - 1) / _order.StepsPerEpoch;

    private StopReason Train(CancellationToken interruption)
    {
        try
        {
            while (true)
            {
                if (EpochIsPending) EndEpoch(interruption);
                if (_progress.Step >= TotalSteps) return StopReason.Completed;
                if (_options.EarlyStopping > 0 && _progress.EvaluationsSinceBest >= _options.EarlyStopping)
                    return StopReason.EarlyStopping;
                if (interruption.IsCancellationRequested) return StopReason.Interrupted;
                if (_options.MaxMinutes > 0 && _clock.Elapsed.TotalMinutes >= _options.MaxMinutes)
                    return StopReason.TimeBudget;
                Step();
                if (!EpochIsPending && Elapsed - _savedAt >= 60 * _options.CheckpointMinutes)
                    Save(CheckpointStore.Last);
            }
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            return StopReason.Interrupted;
        }
    }

    private void Step()
    {
        var started = Elapsed;
        using var scope = NewDisposeScope();
        using var generator = _seeds.CreateGenerator(RandomPurpose.Step, _progress.Step);
        var examples = _order.ExamplesOf(_progress.Step);
        _optimizer.Begin(_progress);
        var loss = _objective.TrainingLoss(examples, generator);
        var value = loss.Mean.to(ScalarType.Float64).item<double>();
        if (!double.IsFinite(value))
            throw new TrainingFailedException($"The loss is not finite at step {_progress.Step + 1} (epoch " +
                $"{_progress.Step / _order.StepsPerEpoch + 1}): try a smaller learning rate.");
        _progress = _optimizer.Step(loss.Mean, _progress).WithStep(examples.Length, value, loss.Sums);
        _observer.OnStep(_progress, TotalSteps, examples.Length, Elapsed - started);
    }

    private void EndEpoch(CancellationToken interruption)
    {
        var epoch = CurrentEpoch;
        var metrics = _progress.EpochMeans().ToDictionary(pair => "train." + pair.Key, pair => pair.Value);
        var (rate, isBest) = (_optimizer.LastRate(_progress), false);
        if (epoch % _options.EvaluateEvery == 0 || _progress.Step == TotalSteps)
        {
            var split = _objective.HasValidation ? DataSplit.Validation : DataSplit.Test;
            using var averaged = _optimizer.Average?.Lend();
            var evaluation = Evaluate(split, interruption);
            foreach (var (name, value) in evaluation.Metrics) metrics[$"{Prefix(split)}.{name}"] = value;
            if (split == DataSplit.Test) _tested = (_progress.Step, evaluation);
            else isBest = NoteValidation(epoch, evaluation.Metrics);
        }
        _metrics = metrics;
        _progress = _progress.WithEpochEnded();
        var report = new EpochReport
        {
            Epoch = epoch, Step = _progress.Step, ElapsedSeconds = Elapsed, Metrics = metrics, LearningRate = rate,
        };
        _checkpoints.CheckThere();
        _log.Append(report);
        if (isBest) Save(CheckpointStore.Best);
        if (_progress.Step >= TotalSteps || !_hasSaved || Elapsed - _savedAt >= ShortEpochSeconds)
            Save(CheckpointStore.Last);
        _observer.OnEpoch(report);
    }

    private bool NoteValidation(long epoch, IReadOnlyDictionary<string, double> metrics)
    {
        var patience = _options.Schedule == ScheduleKind.Plateau ? _options.PlateauPatience : 0;
        _progress = _progress.WithValidation(
            epoch, metrics[_objective.SelectionMetric],
            _objective.TieMetric is { } name ? metrics[name] : null, patience);
        return _progress.BestEpoch == epoch;
    }

    /// <summary>
    /// The final evaluation; null if it was interrupted. Saves nothing, since the model may now hold the best
    /// or the averaged parameters instead of the last ones.
    /// </summary>
    private TrainingResult? Finish(StopReason reason, CancellationToken interruption)
    {
        var finalEpoch = CurrentEpoch;
        if (_progress.BestEpoch is { } best && best != finalEpoch && LoadBest(best) is { } loaded)
            (finalEpoch, _tested) = (loaded, null);
        else
            _optimizer.Average?.CopyToModel();
        try
        {
            var final = _tested is { } tested && tested.Step == _progress.Step
                ? tested.Evaluation
                : Evaluate(DataSplit.Test, interruption);
            // Weights may be finite, and so large that nothing that they give is.
            if (!final.IsFinite) reason = StopReason.Failed;
            return new TrainingResult(reason, Progress, final, finalEpoch);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Loads the best parameters; where they are damaged, the last ones are the result, rather than
    /// none.</summary>
    /// <returns>Their epoch; null where the last ones stay.</returns>
    private long? LoadBest(long epoch)
    {
        try
        {
            return _checkpoints.LoadModel(CheckpointStore.Best, _objective).Progress.BestEpoch ?? epoch;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            _observer.Notice($"{failure.Message.TrimEnd('.')}; the result is of the last epoch, not of the best ({epoch}).");
            return null;
        }
    }

    private Evaluation Evaluate(DataSplit split, CancellationToken interruption)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        _objective.Model.eval();
        return _objective.Evaluate(split, (done, total) => _observer.OnEvaluation(split, done, total), interruption);
    }

    private void Save(string name)
    {
        _checkpoints.Save(name, _objective, _optimizer.Adam, Progress, _metrics, _optimizer.Average);
        if (name == CheckpointStore.Last) (_savedAt, _hasSaved) = (Elapsed, true);
    }

    private static string Prefix(DataSplit split) => split == DataSplit.Validation ? "validation" : "test";
}
