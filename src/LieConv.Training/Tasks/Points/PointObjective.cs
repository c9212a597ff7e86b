using LieConv.Datasets.Points;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Training.Learning;
using LieConv.Training.Preparation;
using LieConv.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>Learning classes and numbers of sets of points, or of each point.</summary>
internal sealed class PointObjective : Objective, IDisposable
{
    /// <summary>The figure of a class.</summary>
    public const string Error = "error";

    /// <summary>The figure of a number, in its unit.</summary>
    public const string Mae = "mae";

    /// <summary>The same in standard deviations, of training batches.</summary>
    public const string ScaledMae = "scaledMae";

    /// <summary>The loss on a part of the sets.</summary>
    public const string Loss = "loss";

    private readonly PointNetwork _network;
    private readonly PointParts _data;
    private readonly PointConfig _config;
    private readonly LearntScales _found;
    private readonly PointHeads _heads;
    private readonly PointLoss _loss;
    private readonly SetMotion? _motion;
    private readonly Device _device;

    /// <summary>Puts the network on the device and in the precision of the training. Network and data stay the
    /// caller's.</summary>
    /// <exception cref="ArgumentException">If this machine lacks the device, or the augmentation is wrong.</exception>
    public PointObjective(PointNetwork network, PointParts data, PointConfig config)
    {
        (_network, _data, _config, _found) = (network, data, config, config.Found!);
        _device = config.Train.OpenDevice();
        _network.to(_device);
        _network.to(config.Train.Dtype);
        _heads = new PointHeads(_found);
        _motion = SetMotion.Create(config, _found);
        _loss = new PointLoss(_found, _heads, config.NumberLoss, config.Train.Dtype, _device);
        Identity = config.Identity();
        TieMetric = Loss;
    }

    /// <inheritdoc/>
    public override nn.Module Model => _network;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity { get; }

    /// <inheritdoc/>
    public override long TrainCount => _data[SplitPart.Training].Length;

    /// <inheritdoc/>
    public override bool HasValidation => _data[SplitPart.Validation].Length > 0;

    /// <inheritdoc/>
    public override string SelectionMetric => _found.Schema.Targets is [{ Kind: var kind }]
        ? kind == PointTargetKind.Class ? Error : Mae
        : Loss;

    /// <inheritdoc/>
    public override BatchLoss TrainingLoss(ReadOnlySpan<long> examples, Generator generator)
    {
        var training = _data[SplitPart.Training];
        var numbers = new int[examples.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = training[examples[i]];
        var draws = new GeneratorDraws(generator);
        var batch = new PointBatch(_found, _data.Sets, numbers);
        var points = batch.ToPoints(_config.Train.Dtype, _device);
        if (_config.Train.Augment && _motion is not null) points = _motion.Move(points, generator);
        return _loss.Compute(_network.call(points, draws), Truth(numbers, batch.Width), points.Mask);
    }

    /// <inheritdoc/>
    public override Evaluation Evaluate(DataSplit split, Action<long, long> advance, CancellationToken interruption) =>
        Evaluate(split == DataSplit.Validation ? SplitPart.Validation : SplitPart.Test, advance, interruption);

    /// <summary>What the network says of a part of the sets.</summary>
    /// <param name="part">Which part.</param>
    /// <param name="advance">Told how many sets are done, of how many.</param>
    /// <param name="interruption">Ends it.</param>
    /// <param name="move">What becomes of the points before the network sees them; null for nothing.</param>
    public PointEvaluation Evaluate(
        SplitPart part, Action<long, long> advance, CancellationToken interruption, Func<PointSet, PointSet>? move = null)
    {
        var (sets, seeds) = (_data[part], new SeedSequence(_config.Train.EvaluationSeed));
        TargetAnswers[] answers = [.. _found.Schema.Targets.Select(target => new TargetAnswers(target))];
        var loss = 0.0;
        for (int first = 0, batch = 0; first < sets.Length; first += _config.Train.EvaluationBatch, batch++)
        {
            interruption.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var generator = seeds.CreateGenerator(RandomPurpose.Evaluation, batch);
            var numbers = sets.AsSpan(first, Math.Min(_config.Train.EvaluationBatch, sets.Length - first)).ToArray();
            var own = new PointBatch(_found, _data.Sets, numbers);
            var points = own.ToPoints(_config.Train.Dtype, _device);
            if (move is not null) points = move(points);
            var said = _network.call(points, new GeneratorDraws(generator));
            loss += numbers.Length * _loss.Compute(said, Truth(numbers, own.Width), points.Mask).Mean
                .to(ScalarType.Float64).item<double>();
            Collect(said, own.Sizes, numbers, answers);
            advance(first + numbers.Length, sets.Length);
        }
        return new PointEvaluation(sets.Length, Metrics(answers, loss / sets.Length), answers, sets);
    }

    /// <summary>What a function of the network's answers needs: all numbers for b sets in one row each.</summary>
    public Tensor Numbers(PointSet points, Draws draws)
    {
        var said = _network.call(points, draws);
        var ofPoints = said.OfPoints;
        if (ofPoints is not null && points.Mask is { } mask)
            ofPoints = ofPoints.masked_fill(mask.logical_not().unsqueeze(-1), Scalars.Of(0));
        return said.OfSets is null ? ofPoints!.flatten(1)
            : ofPoints is null ? said.OfSets : cat([said.OfSets, ofPoints.flatten(1)], 1);
    }

    /// <inheritdoc/>
    public override void WritePictures(string folder, Evaluation evaluation)
    {
        if (evaluation is not PointEvaluation points)
            throw new ArgumentException("The evaluation is not one of points.", nameof(evaluation));
        PointPictures.Write(folder, points, _data.Sets);
        if (!HasValidation) return;
        using var off = no_grad();
        PointCalibration.Create(Evaluate(SplitPart.Validation, static (_, _) => { }, CancellationToken.None))
            .Write(folder);
    }

    /// <inheritdoc/>
    public void Dispose() => _loss.Dispose();

    private static Dictionary<string, double> Metrics(TargetAnswers[] answers, double loss)
    {
        var all = new Dictionary<string, double>();
        foreach (var own in answers)
            foreach (var (name, value) in own.Metrics(answers.Length == 1 ? "" : $"{own.Target.Name}."))
                all[name] = value;
        all[Loss] = loss;
        return all;
    }

    /// <summary>Takes what the network says of each set without its padding.</summary>
    private void Collect(PointAnswers said, IReadOnlyList<int> sizes, int[] numbers, TargetAnswers[] answers)
    {
        for (var place = 0; place < answers.Length; place++)
        {
            var (own, ofPoints) = (answers[place], answers[place].Target.OfPoints);
            var rows = _heads.Readable(said, place).contiguous().data<double>().ToArray();
            var length = rows.Length / sizes.Count;
            for (var i = 0; i < sizes.Count; i++)
            {
                var count = ofPoints ? sizes[i] : 1;
                own.Add(rows.AsSpan(i * length, count * own.Width), _data.Sets.TargetsOf(numbers[i], place));
            }
        }
    }

    /// <summary>What is true of sets: (b), or (b, n) where each point has one.</summary>
    private Tensor[] Truth(int[] numbers, int width)
    {
        var targets = _found.Schema.Targets;
        var truth = new Tensor[targets.Count];
        for (var place = 0; place < truth.Length; place++)
        {
            var columns = targets[place].OfPoints ? width : 1;
            var values = new double[numbers.Length * columns];
            for (var i = 0; i < numbers.Length; i++)
                if (targets[place].OfPoints)
                    _data.Sets.CopyTargets(numbers[i], place, values.AsSpan(i * width, _data.Sets.SizeOf(numbers[i])));
                else values[i] = _data.Sets.TargetOf(numbers[i], place);
            var isClass = targets[place].Kind == PointTargetKind.Class;
            if (!isClass) ColumnScale.Apply(values, [_found.Targets[place]]);
            truth[place] = tensor(
                values, targets[place].OfPoints ? [numbers.Length, width] : [numbers.Length],
                dtype: isClass ? ScalarType.Int64 : _config.Train.Dtype, device: _device);
        }
        return truth;
    }
}
