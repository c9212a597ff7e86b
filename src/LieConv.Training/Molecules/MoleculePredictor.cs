using LieConv.Groups;
using LieConv.Molecules;
using LieConv.Training.Configuration;
using static TorchSharp.torch;

namespace LieConv.Training.Molecules;

/// <summary>What a network gives for molecules, batch by batch.</summary>
/// <param name="model">The network.</param>
/// <param name="config">Its targets, and the batches and seed of evaluation.</param>
internal sealed class MoleculePredictor(MolecularNetwork model, MoleculeConfig config)
{
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
        var count = part.Set.Count;
        var values = new double[count][];
        var allForces = forces ? new double[count][] : null;
        // Molecules of one size after another: little padding, and the same batches every time.
        var order = Enumerable.Range(0, count).OrderBy(part.Set.AtomCount).ThenBy(i => i)
            .Select(i => (long)i).ToArray();
        var seeds = new SeedSequence(config.Train.EvaluationSeed);
        var size = config.Train.EvaluationBatch;
        for (var (first, batch) = (0, 0L); first < count; first += size, batch++)
        {
            interruption.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var generator = seeds.CreateGenerator(RandomPurpose.Evaluation, batch);
            var examples = order.AsSpan(first, Math.Min(size, count - first));
            var molecules = part.Molecules(examples);
            var mean = Mean(molecules, transform, copies, generator);
            for (var i = 0; i < examples.Length; i++) values[examples[i]] = Scaled(mean, i);
            if (allForces is not null) Add(allForces, part, molecules, examples, transform, generator);
            advance(first + examples.Length, count);
        }
        return new MoleculePredictions(values, allForces);
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
        return scope.MoveToOuter(sum / copies);
    }

    private double[] Scaled(Tensor outputs, int row)
    {
        var numbers = outputs[row].data<double>();
        return [.. config.Targets.Select((target, t) => target.Mean + target.Scale * numbers[t])];
    }

    /// <summary>Forces on molecules that are moved first, turned back: those on the molecules as they were.</summary>
    private void Add(
        double[][] all, MoleculePart part, MoleculeBatch molecules, ReadOnlySpan<long> examples,
        MoleculeTransform transform, Generator generator)
    {
        var draws = new GeneratorDraws(generator);
        var (positions, b) = (molecules.Positions, molecules.Positions.shape[0]);
        var isTurned = transform is MoleculeTransform.SO3 or MoleculeTransform.SE3;
        var turn = isTurned ? draws.Quaternions([b, 1], positions.dtype, positions.device) : null;
        if (turn is not null) molecules = molecules with { Positions = MoleculeTransforms.Move(positions, null, turn) };
        var (_, predicted) = MolecularForces.Of(model, molecules, draws, createGraph: false);
        if (turn is not null) predicted = MoleculeTransforms.Move(predicted, null, new SO3().Inverse(turn));
        predicted = (predicted.detach().to(ScalarType.Float64) * config.Targets[0].Scale).cpu();
        for (var i = 0; i < examples.Length; i++)
            all[examples[i]] = predicted[i].narrow(0, 0, part.Set.AtomCount((int)examples[i]))
                .contiguous().data<double>().ToArray();
    }
}
