using System.Diagnostics;
using LieConv.Training.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Training;

/// <summary>
/// Trains a task with Adam and a cosine schedule, evaluates, logs and saves. The state is the parameters, Adam's
/// averages and a <see cref="TrainingProgress"/>; resumed on a CPU from the same number of threads, a training
/// continues
/// bit for bit, in the middle of an epoch too.
/// </summary>
/// <remarks>
/// With validation examples the result is the epoch with the smallest <see cref="TrainingTask.SelectionMetric"/> on
/// them; without, the last epoch. The test examples are never used to choose.
/// </remarks>
public sealed class TrainingLoop : IDisposable
{
    /// <summary>Epochs that end sooner after the last checkpoint share one: writing a thousand of them would take
    /// longer than the thousand epochs of a small training set.</summary>
    private const double ShortEpochSeconds = 2;

    /// <summary>Weight of the newest gradient in their usual length.</summary>
    private const double GradientMemory = 0.02;

    private readonly TrainingTask _task;
    private readonly TrainOptions _options;
    private readonly CheckpointStore _checkpoints;
    private readonly MetricsLog _log;
    private readonly TrainingObserver _observer;
    private readonly SeedSequence _seeds;
    private readonly EpochOrder _order;
    private readonly Adam _adam;
    private readonly Parameter[] _parameters;
    private readonly Stopwatch _clock = new();
    private TrainingProgress _progress = new();
    private IReadOnlyDictionary<string, double> _metrics = new Dictionary<string, double>();
    private (long Step, Evaluation Evaluation)? _tested;
    private double _secondsBefore;
    private double _savedAt;

    /// <summary>Prepares a training from its start.</summary>
    /// <param name="task">What to train.</param>
    /// <param name="options">How.</param>
    /// <param name="checkpoints">Where to save.</param>
    /// <param name="log">Where the epochs' figures go.</param>
    /// <param name="observer">Who is told.</param>
    /// <exception cref="ArgumentException">If the options are out of range.</exception>
    public TrainingLoop(
        TrainingTask task, TrainOptions options, CheckpointStore checkpoints, MetricsLog log, TrainingObserver observer)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        (_task, _options, _checkpoints, _log, _observer) = (task, options, checkpoints, log, observer);
        _seeds = new SeedSequence(options.Seed);
        _order = new EpochOrder(_seeds, task.TrainCount, options.Batch);
        _parameters = [.. task.Model.parameters()];
        _adam = optim.Adam(_parameters, options.LearningRate);
        TotalSteps = _order.StepsPerEpoch * options.Epochs;
    }

    /// <summary>Steps of the whole training.</summary>
    public long TotalSteps { get; }

    /// <summary>Where the training stands.</summary>
    public TrainingProgress Progress => _progress with { ElapsedSeconds = Elapsed };

    private double Elapsed => _secondsBefore + _clock.Elapsed.TotalSeconds;

    private bool EpochIsPending => _progress.EpochExamples > 0 && _progress.Step % _order.StepsPerEpoch == 0;

    /// <summary>Continues from the last checkpoint.</summary>
    /// <exception cref="InvalidDataException">If it is damaged or belongs to another model.</exception>
    public void Resume()
    {
        _progress = _checkpoints.Load(CheckpointStore.Last, _task, _adam);
        _metrics = _checkpoints.ReadManifest(CheckpointStore.Last).Metrics;
        _secondsBefore = _savedAt = _progress.ElapsedSeconds;
        _log.TruncateAfter(_progress.Step - (EpochIsPending ? 1 : 0));
    }

    /// <summary>Trains until all epochs are done, the time is used up or somebody asks to stop.</summary>
    /// <param name="interruption">Ends the training after the current step, with the state saved.</param>
    /// <exception cref="TrainingFailedException">If the loss is not finite.</exception>
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
    public void Dispose() => _adam.Dispose();

    private long CurrentEpoch => (_progress.Step + _order.StepsPerEpoch - 1) / _order.StepsPerEpoch;

    private StopReason Train(CancellationToken interruption)
    {
        try
        {
            while (true)
            {
                if (EpochIsPending) EndEpoch(interruption);
                if (_progress.Step >= TotalSteps) return StopReason.Completed;
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
        var rate = CosineSchedule.RateAt(_options.LearningRate, _progress.Step, TotalSteps);
        foreach (var group in _adam.ParamGroups) group.LearningRate = rate;

        // No gradient rather than zeros: the first step after a resume then adds up the same bits.
        foreach (var parameter in _parameters) parameter.grad = null;
        _task.Model.train();
        var loss = _task.TrainingLoss(examples, generator);
        var value = loss.Mean.to(ScalarType.Float64).item<double>();
        if (!double.IsFinite(value))
            throw new TrainingFailedException($"The loss is not finite at step {_progress.Step + 1} (epoch " +
                $"{_progress.Step / _order.StepsPerEpoch + 1}): try a smaller learning rate.");
        loss.Mean.backward();
        if (_options.GradientLimit > 0) LimitGradient();
        _adam.step();
        _progress = _progress.WithStep(examples.Length, value, loss.Sums);
        _observer.OnStep(_progress, TotalSteps, examples.Length, Elapsed - started);
    }

    /// <summary>Shortens a gradient that is far longer than those before it.</summary>
    private void LimitGradient()
    {
        var usual = _progress.GradientLength;
        var largest = usual > 0 ? _options.GradientLimit * usual : double.PositiveInfinity;
        var length = Math.Min(nn.utils.clip_grad_norm_(_parameters, largest), largest);
        var newest = usual > 0 ? usual + GradientMemory * (length - usual) : length;
        _progress = _progress with { GradientLength = newest };
    }

    private void EndEpoch(CancellationToken interruption)
    {
        var epoch = CurrentEpoch;
        var metrics = _progress.EpochMeans().ToDictionary(pair => "train." + pair.Key, pair => pair.Value);
        var isBest = false;
        if (epoch % _options.EvaluateEvery == 0 || _progress.Step == TotalSteps)
        {
            var split = _task.HasValidation ? DataSplit.Validation : DataSplit.Test;
            var evaluation = Evaluate(split, interruption);
            foreach (var (name, value) in evaluation.Metrics) metrics[$"{Prefix(split)}.{name}"] = value;
            if (split == DataSplit.Test) _tested = (_progress.Step, evaluation);
            else isBest = NoteBest(epoch, evaluation.Metrics[_task.SelectionMetric]);
        }
        _metrics = metrics;
        _progress = _progress.WithEpochEnded();
        var report = new EpochReport
        {
            Epoch = epoch, Step = _progress.Step, ElapsedSeconds = Elapsed, Metrics = metrics,
            LearningRate = CosineSchedule.RateAt(_options.LearningRate, _progress.Step - 1, TotalSteps),
        };
        _log.Append(report);
        if (isBest) Save(CheckpointStore.Best);
        if (_progress.Step >= TotalSteps || Elapsed - _savedAt >= ShortEpochSeconds) Save(CheckpointStore.Last);
        _observer.OnEpoch(report);
    }

    private bool NoteBest(long epoch, double value)
    {
        if (!(value < (_progress.BestValue ?? double.PositiveInfinity))) return false;
        _progress = _progress with { BestValue = value, BestEpoch = epoch };
        return true;
    }

    /// <summary>
    /// The final evaluation; null if it was interrupted. Saves nothing, since the model may now hold the best
    /// parameters instead of the last ones.
    /// </summary>
    private TrainingResult? Finish(StopReason reason, CancellationToken interruption)
    {
        var finalEpoch = CurrentEpoch;
        if (_progress.BestEpoch is { } best && best != finalEpoch)
        {
            _checkpoints.LoadModel(CheckpointStore.Best, _task);
            (finalEpoch, _tested) = (best, null);
        }
        try
        {
            var final = _tested is { } tested && tested.Step == _progress.Step
                ? tested.Evaluation
                : Evaluate(DataSplit.Test, interruption);
            return new TrainingResult(reason, Progress, final, finalEpoch);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            return null;
        }
    }

    private Evaluation Evaluate(DataSplit split, CancellationToken interruption)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        _task.Model.eval();
        return _task.Evaluate(split, (done, total) => _observer.OnEvaluation(split, done, total), interruption);
    }

    private void Save(string name)
    {
        _checkpoints.Save(name, _task, _adam, Progress, _metrics);
        if (name == CheckpointStore.Last) _savedAt = Elapsed;
    }

    private static string Prefix(DataSplit split) => split == DataSplit.Validation ? "validation" : "test";
}
