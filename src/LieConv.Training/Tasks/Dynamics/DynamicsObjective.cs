using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using LieConv.Numerics;
using LieConv.Training.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>
/// Learning how particles move: from the first state of a chunk the network's motion is integrated over the chunk's
/// times, and compared with the true states.
/// </summary>
/// <remarks>The loss is the mean squared error over all times, the first one included, where it is 0: the original's
/// measure.</remarks>
public sealed class DynamicsObjective : Objective
{
    /// <summary>The metric's name.</summary>
    public const string Mse = "mse";

    private readonly DynamicsNetwork _model;
    private readonly DynamicsSplits _data;
    private readonly OdeSolver _solver;
    private readonly TrainOptions _options;
    private readonly ChunkBatches _batches;
    private readonly bool _turnsFrames;

    /// <summary>Puts the model on the device and in the precision of the options. Model and data stay the
    /// caller's.</summary>
    /// <param name="model">The network.</param>
    /// <param name="data">Chunks of trajectories.</param>
    /// <param name="chunkLength">Times of a chunk.</param>
    /// <param name="solver">Integrates the network's motion.</param>
    /// <param name="options">Device, precision and evaluation.</param>
    /// <param name="identity">What a checkpoint must agree on.</param>
    /// <exception cref="ArgumentException">If this machine lacks the device.</exception>
    public DynamicsObjective(
        DynamicsNetwork model, DynamicsSplits data, int chunkLength, OdeSolver solver, TrainOptions options,
        IReadOnlyDictionary<string, string> identity)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(options);
        (_model, _data, _solver, _options, Identity) = (model, data, solver, options, identity);
        _turnsFrames = options.Augment && model.HasFrames;
        var device = options.OpenDevice();
        _batches = new ChunkBatches(chunkLength, device, options.Dtype);
        _model.to(device);
        _model.to(options.Dtype);
    }

    /// <inheritdoc/>
    public override nn.Module Model => _model;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity { get; }

    /// <inheritdoc/>
    public override long TrainCount => _data.Train.Count;

    /// <inheritdoc/>
    public override bool HasValidation => _data.Validation is not null;

    /// <inheritdoc/>
    public override string SelectionMetric => Mse;

    /// <inheritdoc/>
    public override BatchLoss TrainingLoss(ReadOnlySpan<long> examples, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var batch = _batches.Draw(_data.TrainTrajectories ?? _data.Train, examples, generator);
        var errors = Errors(batch, _turnsFrames ? rand([examples.Length], generator: generator) *
            Scalars.Of(2 * Math.PI) : null);
        var mean = errors.mean();
        var sum = mean.detach().to(ScalarType.Float64).item<double>() * examples.Length;
        return new BatchLoss(mean, new Dictionary<string, double> { [Mse] = sum });
    }

    /// <inheritdoc/>
    public override Evaluation Evaluate(DataSplit split, Action<long, long> advance, CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(advance);
        var data = split == DataSplit.Validation
            ? _data.Validation ?? throw new ArgumentException("There are no validation systems.", nameof(split))
            : _data.Test;
        var (count, sum) = (data.Count, 0.0);
        for (long first = 0; first < count; first += _options.EvaluationBatch)
        {
            interruption.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var places = new long[Math.Min(_options.EvaluationBatch, count - first)];
            for (var i = 0; i < places.Length; i++) places[i] = first + i;
            sum += Errors(_batches.First(data, places), null).to(ScalarType.Float64).sum().item<double>();
            advance(first + places.Length, count);
        }
        return new DynamicsEvaluation(count, new Dictionary<string, double> { [Mse] = sum / count });
    }

    /// <inheritdoc/>
    public override void WritePictures(string folder, Evaluation evaluation)
    {
        // Pictures of trajectories belong to longer rollouts, which lieconv evaluate makes.
    }

    /// <summary>The mean squared error of each system, shape (b).</summary>
    private Tensor Errors(ChunkBatch batch, Tensor? frameTurns)
    {
        var systems = new ParticleSystems(batch.Parameters, batch.Mask, frameTurns);
        var predicted = _solver.Solve(_model.Field(systems), batch.States[0], batch.Times).States;      // (t, b, 2, n, D)
        var squares = (predicted - batch.States).square();
        if (batch.Mask is null) return squares.mean([0L, 2, 3, 4]);
        squares = squares.masked_fill(batch.Mask.logical_not().unsqueeze(1).unsqueeze(-1), Scalars.Of(0));
        var numbers = batch.Mask.sum(-1) * Scalars.Of(squares.shape[0] * 2 * squares.shape[4]);
        return squares.sum([0L, 2, 3, 4]) / numbers.clamp(min: Scalars.Of(1));
    }
}
