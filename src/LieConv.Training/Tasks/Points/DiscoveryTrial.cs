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
    private const int TimedSteps = 4;

    private readonly PointConfig _config;
    private readonly PointParts _data;
    private readonly PointNetwork _network;
    private readonly PointObjective _objective;

    /// <summary>A network that has not learnt anything; trials of one seed begin with the same random numbers.</summary>
    /// <param name="config">The configuration with its scales, whose group is replaced.</param>
    /// <param name="group">The group.</param>
    /// <param name="data">What is learnt from; stays the caller's.</param>
    /// <exception cref="ArgumentException">If the network does not fit the group.</exception>
    public DiscoveryTrial(PointConfig config, LieGroup group, PointParts data)
    {
        _data = data;
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

    /// <summary>Seconds of a step, after one to warm up.</summary>
    public double TimeSteps(CancellationToken interruption)
    {
        Train(1, interruption);
        var clock = Stopwatch.StartNew();
        Train(TimedSteps, interruption);
        return clock.Elapsed.TotalSeconds / TimedSteps;
    }

    /// <summary>Trains; the averaged weights stay.</summary>
    /// <exception cref="TrainingFailedException">If the loss is not finite.</exception>
    public void Train(long steps, CancellationToken interruption)
    {
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
            progress = optimizer.Step(loss.Mean, progress).WithStep(examples.Length, value, loss.Sums);
        }
        optimizer.Average?.CopyToModel();
    }

    /// <summary>The error of each validation set, or of those as random elements of a group have moved them.</summary>
    public double[] Errors(RandomMotions? motions, CancellationToken interruption)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var generator = new Generator(0);
        _network.eval();
        var said = _objective.Evaluate(
            SplitPart.Validation, static (_, _) => { }, interruption, motions is null
                ? null
                : points => points with { Coordinates = motions.Apply(points.Coordinates, points.Mask, generator) });
        return Mean([.. said.Answers.Index().Select(pair => OfSets(pair.Item, pair.Item.Errors(), pair.Index))]);
    }

    /// <summary>The errors of the most frequent class, or the mean number of the training sets.</summary>
    public double[] ConstantErrors(CancellationToken interruption)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        _network.eval();
        var said = _objective.Evaluate(SplitPart.Validation, static (_, _) => { }, interruption);
        return Mean([.. said.Answers.Index().Select(pair => OfSets(pair.Item, Constant(pair.Item, pair.Index), pair.Index))]);
    }

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
        var scale = answers.IsClass ? 1 : _config.Found!.Targets[place].Scale;
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

    private static double[] Mean(double[][] ofTargets) =>
        [.. Enumerable.Range(0, ofTargets[0].Length).Select(i => ofTargets.Average(own => own[i]))];
}
