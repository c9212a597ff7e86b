using System.Globalization;
using LieConv.Datasets.Molecules;
using LieConv.Groups;
using LieConv.Molecules;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Training.Learning;
using LieConv.Training.Randomness;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>What a network gives for molecules, batch by batch.</summary>
/// <param name="model">The network.</param>
/// <param name="config">Its targets, and the batches and seed of evaluation.</param>
internal sealed class MoleculePredictor(MolecularNetwork model, MoleculeConfig config)
{
    private const double Gigabyte = 1e9;
    private readonly MoleculeMemory _memory = new(config);

    /// <summary>Bytes that there are; for tests.</summary>
    internal Func<long> Available { get; init; } = AvailableMemory.Bytes;

    /// <summary>Predictions in the targets' units, and where wanted the forces.</summary>
    /// <param name="part">The molecules.</param>
    /// <param name="transform">How they are moved at random first.</param>
    /// <param name="copies">Motions whose predictions are averaged.</param>
    /// <param name="forces">Whether forces are predicted, too.</param>
    /// <param name="advance">Told how many molecules are done, out of how many.</param>
    /// <param name="interruption">Stops between batches by <see cref="OperationCanceledException"/>.</param>
    public MoleculePredictions Predict(
        MoleculePart part, MoleculeTransform transform, int copies, bool forces, Action<long, long> advance,
        CancellationToken interruption)
    {
        var (predictions, done) = (MoleculePredictions.Create(part.Set.Count, forces), 0L);
        foreach (var (batch, examples) in Batches(part).Index())
        {
            interruption.ThrowIfCancellationRequested();
            Predict(part, examples, batch, transform, copies, predictions);
            advance(done += examples.Length, part.Set.Count);
        }
        return predictions;
    }

    /// <summary>Rotations whose predictions are averaged for molecules of files; 1 for these as they are.</summary>
    public int Average { get; init; } = 1;

    /// <summary>Predictions of molecules as they are, or averaged over rotations; those that do not fit into memory get
    /// none.</summary>
    /// <param name="part">The molecules.</param>
    /// <param name="forces">Whether forces are predicted, too.</param>
    /// <param name="refuse">Told the place of a molecule that does not fit and why, as the end of a sentence.</param>
    /// <param name="interruption">Stops between batches by <see cref="OperationCanceledException"/>.</param>
    public MoleculePredictions PredictWhatFits(
        MoleculePart part, bool forces, Action<int, string> refuse, CancellationToken interruption)
    {
        var predictions = MoleculePredictions.Create(part.Set.Count, forces);
        foreach (var (batch, examples) in Batches(part).Index())
        {
            interruption.ThrowIfCancellationRequested();
            PredictWhatFits(part, examples, batch, predictions, refuse);
        }
        return predictions;
    }

    private void PredictWhatFits(
        MoleculePart part, long[] examples, int batch, MoleculePredictions predictions, Action<int, string> refuse)
    {
        // The last is the largest, to which the others are padded.
        var atoms = part.Set.AtomCount((int)examples[^1]);
        var excess = Excess(examples.Length, atoms, predictions.Forces is not null);
        try
        {
            if (excess is null)
            {
                var motion = Average > 1 ? MoleculeTransform.SO3 : MoleculeTransform.None;
                Predict(part, examples, batch, motion, Average, predictions);
                return;
            }
        }
        catch (Exception failure) when (MemoryFault.Is(failure))
        {
            excess = $"has {atoms} atoms, too many for the memory that there is.";
        }
        if (examples.Length == 1) refuse((int)examples[0], excess);
        else
            foreach (var example in examples) PredictWhatFits(part, [example], batch, predictions, refuse);
    }

    private IEnumerable<long[]> Batches(MoleculePart part) =>
        MoleculeBatchPlan.Create(part.Set, _memory, config.Train.EvaluationBatch);

    private string? Excess(int molecules, int atoms, bool forces)
    {
        var (needed, available) = (molecules * _memory.Bytes(atoms, forces), Available());
        return needed <= available
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"has {atoms} atoms, too many for the memory: it takes about ") +
                string.Create(CultureInfo.InvariantCulture, $"{needed / Gigabyte:0.#} GB of the {available / Gigabyte:0.#} GB ") +
                $"that there are{(forces ? ", since forces are predicted" : "")}.";
    }

    private void Predict(
        MoleculePart part, ReadOnlySpan<long> examples, int batch, MoleculeTransform transform, int copies,
        MoleculePredictions predictions)
    {
        using var scope = NewDisposeScope();
        using var generator = new SeedSequence(config.Train.EvaluationSeed)
            .CreateGenerator(RandomPurpose.Evaluation, batch);
        var molecules = part.Molecules(examples);
        var mean = Mean(molecules, transform, copies, generator);
        if (predictions.Forces is { } forces) 
            Add(forces, part, molecules, examples, transform, copies, generator);
        for (var i = 0; i < examples.Length; i++) 
            predictions.Values[examples[i]] = Scaled(mean, i, part.Set, (int)examples[i]);
    }

    /// <summary>The mean of the outputs over the motions, shape (b, T), float64.</summary>
    private Tensor Mean(MoleculeBatch molecules, MoleculeTransform transform, int copies, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var sum = zeros([1L], dtype: ScalarType.Float64);
        for (var k = 0; k < copies; k++)
        {
            var moved = MoleculeTransforms.Apply(molecules, transform, generator);
            sum = sum + model.call(moved, new GeneratorDraws(generator)).to(ScalarType.Float64).cpu();
        }
        return scope.MoveToOuter(sum / Scalars.Of(copies));
    }

    private double[] Scaled(Tensor outputs, int row, MoleculeSet set, int molecule)
    {
        var (numbers, scaled) = (outputs[row].data<double>(), new double[config.Targets.Count]);
        for (var t = 0; t < scaled.Length; t++)
            scaled[t] = config.Targets[t].Scale * numbers[t] + MoleculeReference.Compute(
                config.Targets[t], set.ChargesOf(molecule), set.PositionsOf(molecule));
        return scaled;
    }

    /// <summary>The mean of the forces on molecules that are moved first, turned back: those on the molecules as they were.
    /// </summary>
    private void Add(
        double[][] all, MoleculePart part, MoleculeBatch molecules, ReadOnlySpan<long> examples,
        MoleculeTransform transform, int copies, Generator generator)
    {
        var sum = zeros([1L], dtype: ScalarType.Float64);
        for (var k = 0; k < copies; k++) sum = sum + Turned(molecules, transform, generator);
        var mean = sum * Scalars.Of(config.Targets[0].Scale / copies);
        for (var i = 0; i < examples.Length; i++)
            all[examples[i]] = mean[i].narrow(0, 0, part.Set.AtomCount((int)examples[i]))
                .contiguous().data<double>().ToArray();
    }

    private Tensor Turned(MoleculeBatch molecules, MoleculeTransform transform, Generator generator)
    {
        using var scope = NewDisposeScope();
        var draws = new GeneratorDraws(generator);
        var (positions, b) = (molecules.Positions, molecules.Positions.shape[0]);
        var isTurned = transform is MoleculeTransform.SO3 or MoleculeTransform.SE3;
        var turn = isTurned ? draws.Quaternions([b, 1], positions.dtype, positions.device) : null;
        if (turn is not null) molecules = molecules with { Positions = MoleculeTransforms.Move(positions, null, turn) };
        var (_, predicted) = MolecularForces.Compute(model, molecules, draws, createGraph: false);
        if (turn is not null) predicted = MoleculeTransforms.Move(predicted, null, new SO3().Inverse(turn));
        return scope.MoveToOuter(predicted.detach().to(ScalarType.Float64).cpu().clone());
    }
}
