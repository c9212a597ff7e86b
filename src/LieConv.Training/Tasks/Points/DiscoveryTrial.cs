using System.Diagnostics;
using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Models;
using LieConv.Training.Learning;
using LieConv.Training.Optimization;
using LieConv.Training.Preparation;
using LieConv.Training.Randomness;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>One short training in memory, without a folder.</summary>
internal sealed class DiscoveryTrial : IDisposable
{
    private const int ColdSteps = 40, WarmUpSteps = 3, TimedSteps = 9;

    private readonly PointConfig _config;
    private readonly PointNetwork _network;
    private readonly PointObjective _objective;

    /// <summary>A network that has not learnt anything; trials of one seed begin with the same random numbers.</summary>
    /// <param name="config">The configuration with its scales, whose group is replaced.</param>
    /// <param name="group">The group.</param>
    /// <param name="data">What is learnt from; stays the caller's.</param>
    /// <param name="seed">Which of several trainings, from 0: added to the configuration's seed.</param>
    /// <exception cref="ArgumentException">If the network does not fit the group.</exception>
    public DiscoveryTrial(PointConfig config, LieGroup group, PointParts data, int seed)
    {
        config = config with { Train = config.Train with { Seed = unchecked(config.Train.Seed + seed) } };
        _config = PointFit.Resolve(config with { Group = group.ToString(), Generators = "" }, data);
        random.manual_seed((long)new SeedSequence(config.Train.Seed).SeedOf(RandomPurpose.Initialisation, 0));
        _network = PointRun.CreateNetwork(_config);
        try
        {
            _objective = new PointObjective(_network, data, _config);
        }
        catch
        {
            _network.Dispose();
            throw;
        }
    }

    /// <summary>The losses of the training.</summary>
    public TrialLosses Losses { get; private set; } = new();

    /// <summary>Seconds of a step on a machine that does nothing else, after some to warm up.</summary>
    /// <remarks>Beside other work a step waits: its time of the processor says how long it would take alone. With several
    /// threads that is more than the time that passes, which then counts.</remarks>
    public double TimeSteps(CancellationToken interruption)
    {
        Train(WarmUpSteps, interruption);
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        Train(TimedSteps, interruption);
        var (passed, spent) = (clock.Elapsed, Environment.CpuUsage.TotalTime - before);
        var isAlone = _config.Train.OpenDevice().type != TorchSharp.DeviceType.CPU || spent > passed;
        return (isAlone ? passed : spent).TotalSeconds / TimedSteps;
    }

    /// <summary>Steps that make later ones as fast as they become: code is compiled as it is first used.</summary>
    public void WarmUp(CancellationToken interruption) => Train(ColdSteps, interruption);

    /// <summary>Trains; the averaged weights stay.</summary>
    /// <exception cref="TrainingFailedException">If the loss is not finite.</exception>
    public void Train(long steps, CancellationToken interruption)
    {
        Losses = new TrialLosses();
        var (options, seeds) = (_config.Train, new SeedSequence(_config.Train.Seed));
        var order = new EpochOrder(seeds, _objective.TrainCount, options.Batch);
        using var optimizer = new Optimizer(_network, options, steps);
        var progress = new TrainingProgress();
        while (progress.Step < steps)
        {
            interruption.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var generator = seeds.CreateGenerator(RandomPurpose.Step, progress.Step);
            var examples = order.ExamplesOf(progress.Step);
            optimizer.Begin(progress);
            var loss = _objective.TrainingLoss(examples, generator);
            var value = loss.Mean.to(ScalarType.Float64).item<double>();
            if (!double.IsFinite(value))
                throw new TrainingFailedException($"The loss is not finite at step {progress.Step + 1}.");
            Losses.Add(value);
            progress = optimizer.Step(loss.Mean, progress).WithStep(examples.Length, value, loss.Sums);
        }
        optimizer.Average?.CopyToModel();
    }

    /// <summary>What the network says of the validation sets, or of those as random elements of a group have moved
    /// them.</summary>
    public IReadOnlyList<TargetAnswers> Answer(RandomMotions? motions, CancellationToken interruption)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var generator = new Generator(new SeedSequence(_config.Train.Seed).SeedOf(RandomPurpose.Evaluation, 0));
        _network.eval();
        return _objective.Evaluate(
            SplitPart.Validation, static (_, _) => { }, interruption, motions is null
                ? null
                : points => points with { Coordinates = motions.Apply(points.Coordinates, points.Mask, generator) }).Answers;
    }

    /// <summary>The error of each validation set.</summary>
    public double[] Errors(IReadOnlyList<TargetAnswers> answers) =>
        Mean([.. answers.Index().Select(pair => OfSets(pair.Item, pair.Item.Errors(), pair.Index))]);

    /// <summary>The errors of the most frequent class, or the mean number of the training sets.</summary>
    public double[] ConstantErrors(IReadOnlyList<TargetAnswers> answers) =>
        Mean([.. answers.Index().Select(pair => OfSets(pair.Item, Constant(pair.Item, pair.Index), pair.Index))]);

    /// <summary>How far answers are from others, see <see cref="AnswerChange"/>.</summary>
    public double? Change(IReadOnlyList<TargetAnswers> before, IReadOnlyList<TargetAnswers> after) =>
        AnswerChange.Measure(before, after, [.. before.Select((own, place) => ScaleOf(own, place))]);

    /// <inheritdoc/>
    public void Dispose()
    {
        _objective.Dispose();
        _network.Dispose();
    }

    private double[] Constant(TargetAnswers answers, int place)
    {
        var mean = _config.Found!.Targets[place].Mean;
        if (!answers.IsClass) return [.. answers.Truth.Select(truth => Math.Abs(truth - mean))];
        var most = answers.Right.GroupBy(right => right).MaxBy(same => same.Count())!.Key;
        return [.. answers.Right.Select(right => right == most ? 0.0 : 1)];
    }

    /// <summary>The mean over the points of each set, numbers in standard deviations.</summary>
    private double[] OfSets(TargetAnswers answers, double[] errors, int place)
    {
        var scale = ScaleOf(answers, place);
        var sizes = answers.Target.OfPoints ? answers.Sizes : null;
        var sets = new double[sizes?.Length ?? errors.Length];
        for (int i = 0, first = 0; i < sets.Length; i++)
        {
            var count = sizes?[i] ?? 1;
            for (var j = first; j < first + count; j++) sets[i] += errors[j] / (scale * count);
            first += count;
        }
        return sets;
    }

    private double ScaleOf(TargetAnswers answers, int place) =>
        answers.IsClass ? 1 : _config.Found!.Targets[place].Scale;

    private static double[] Mean(double[][] ofTargets) =>
        [.. Enumerable.Range(0, ofTargets[0].Length).Select(i => ofTargets.Average(own => own[i]))];
}
