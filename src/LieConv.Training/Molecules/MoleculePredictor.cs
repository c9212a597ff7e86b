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
            if (allForces is not null) Add(allForces, part, molecules, examples, generator);
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

    private void Add(
        double[][] all, MoleculePart part, MoleculeBatch molecules, ReadOnlySpan<long> examples, Generator generator)
    {
        var (_, predicted) = MolecularForces.Of(model, molecules, new GeneratorDraws(generator), createGraph: false);
        predicted = (predicted.detach().to(ScalarType.Float64) * config.Targets[0].Scale).cpu();
        for (var i = 0; i < examples.Length; i++)
            all[examples[i]] = predicted[i].narrow(0, 0, part.Set.AtomCount((int)examples[i]))
                .contiguous().data<double>().ToArray();
    }
}
