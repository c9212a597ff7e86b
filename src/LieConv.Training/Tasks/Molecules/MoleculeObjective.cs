using LieConv.Datasets.Molecules;
using LieConv.Molecules;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Training.Learning;
using LieConv.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Learning properties of molecules by mean absolute error, and where wanted the forces on their atoms.</summary>
/// <remarks>Targets are learnt in standard deviations from their mean over the training molecules. Forces are minus the
/// gradient of the network's energy, in that energy's standard deviations per Angstrom; their loss is the mean length of
/// the error over atoms.</remarks>
public sealed class MoleculeObjective : Objective
{
    /// <summary>The metric's name.</summary>
    public const string Mae = "mae";

    /// <summary>The metric of the forces.</summary>
    public const string ForcesMae = "forces.mae";

    private readonly MolecularNetwork _model;
    private readonly MoleculeParts _data;
    private readonly MoleculeConfig _config;
    private readonly MoleculePart _train;
    private readonly MoleculeTransform _transform;
    private readonly MoleculePredictor _predictor;

    /// <summary>Puts the model on the device and in the precision of the options. Model and data stay the
    /// caller's.</summary>
    /// <param name="model">The network.</param>
    /// <param name="data">The molecules.</param>
    /// <param name="config">Targets, augmentation, weight of the forces, device and precision.</param>
    /// <exception cref="ArgumentException">If this machine lacks the device.</exception>
    public MoleculeObjective(MolecularNetwork model, MoleculeParts data, MoleculeConfig config)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(config);
        (_model, _data, _config, Identity) = (model, data, config, config.Identity());
        var device = config.Train.OpenDevice();
        _train = new MoleculePart(
            data.Train, config.Targets, config.Train.Dtype, device, model.IsTranslationInvariant);
        _transform = config.Train.Augment ? MoleculeTransforms.Parse(config.Augmentation) : MoleculeTransform.None;
        _predictor = new MoleculePredictor(model, config);
        _model.to(device);
        _model.to(config.Train.Dtype);
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
    public override string SelectionMetric => LearnsForces ? ForcesMae : Mae;

    private bool LearnsForces => _config.ForceWeight > 0;

    /// <inheritdoc/>
    public override BatchLoss TrainingLoss(ReadOnlySpan<long> examples, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var batch = _train.Molecules(examples);
        var forces = LearnsForces ? _train.Forces(examples) : null;
        (batch, forces) = MovedMolecules.Of(batch, forces, _transform, generator);
        var draws = new GeneratorDraws(generator);
        var targets = _train.Targets(examples);
        if (forces is null) return EnergyLoss(_model.call(batch, draws), targets);
        var (energies, predicted) = MolecularForces.Compute(_model, batch, draws, createGraph: true);
        var loss = EnergyLoss(energies.unsqueeze(-1), targets);
        var atoms = batch.Mask is null ? predicted.shape[0] * predicted.shape[1] : batch.Mask.sum().item<long>();
        var lengths = ((predicted - forces).square().sum(-1) + Scalars.Of(LengthFloor * LengthFloor)).sqrt() -
            Scalars.Of(LengthFloor);
        var sums = new Dictionary<string, double>(loss.Sums)
        {
            [ForcesMae] = (predicted.detach() - forces).abs().sum().to(ScalarType.Float64).item<double>()
                * _config.Targets[0].Scale * examples.Length / (3 * atoms),
        };
        return new BatchLoss(
            loss.Mean * Scalars.Of(1 - _config.ForceWeight) + lengths.sum() / Scalars.Of(atoms) *
                Scalars.Of(_config.ForceWeight), sums);
    }

    /// <inheritdoc/>
    public override Evaluation Evaluate(DataSplit split, Action<long, long> advance, CancellationToken interruption) =>
        Evaluate(split, MoleculeTransform.None, 1, advance, interruption);

    /// <summary>Evaluates the model on molecules that are moved first, with a mean over several such motions.</summary>
    /// <param name="split">Which molecules.</param>
    /// <param name="transform">How they are moved.</param>
    /// <param name="copies">Motions whose predictions are averaged.</param>
    /// <param name="advance">Told how many molecules are done, out of how many.</param>
    /// <param name="interruption">Stops between batches by <see cref="OperationCanceledException"/>.</param>
    public MoleculeEvaluation Evaluate(
        DataSplit split, MoleculeTransform transform, int copies, Action<long, long> advance,
        CancellationToken interruption)
    {
        var data = split == DataSplit.Validation
            ? _data.Validation ?? throw new ArgumentException("There are no validation molecules.", nameof(split))
            : _data.Test;
        var part = new MoleculePart(
            data, _config.Targets, _config.Train.Dtype, _config.Train.OpenDevice(), _model.IsTranslationInvariant);
        var predicted = _predictor.Predict(part, transform, copies, LearnsForces, advance, interruption);
        return MoleculeMetrics.Measure(part, predicted, _config.Targets);
    }

    /// <inheritdoc/>
    public override void WritePictures(string folder, Evaluation evaluation)
    {
        if (evaluation is not MoleculeEvaluation molecules)
            throw new ArgumentException("The evaluation is not one of molecules.", nameof(evaluation));
        ParityPlot.Write(
            Path.Combine(folder, "parity.png"),
            [
                .. molecules.Targets.Select((target, t) => new ParityPanel(
                    target.Name, target.Unit, [.. molecules.True.Select(values => values[t])],
                    [.. molecules.Predicted.Select(values => values[t])], molecules.AbsoluteErrors(t).Average())),
            ],
            FormattableString.Invariant($"Predicted against true, {molecules.Count:N0} test molecules"));
        ErrorHistogram.Write(Path.Combine(folder, "errors.png"), molecules);
        MoleculePicture.Write(Path.Combine(folder, "worst.png"), _data.Test, molecules);
    }

    /// <summary>Keeps the slope of an error's length finite where it is 0, in standard deviations per Angstrom.</summary>
    private const double LengthFloor = 1e-4;

    private BatchLoss EnergyLoss(Tensor outputs, Tensor targets)
    {
        var errors = (outputs - targets).abs();
        var mean = errors.mean();
        var scale = _config.Targets.Count == 1 ? _config.Targets[0].Scale : 1;
        var sum = mean.detach().to(ScalarType.Float64).item<double>() * targets.shape[0] * scale;
        return new BatchLoss(mean, new Dictionary<string, double> { [Mae] = sum });
    }
}
