using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Digits;

/// <summary>Counts a classifier's hits and errors batch by batch, so that every image weighs the same.</summary>
internal sealed class ClassificationTally(int classes)
{
    /// <summary>Errors that are shown as pictures.</summary>
    private const int WorstCount = 48;

    private readonly long[][] _confusion = [.. Enumerable.Range(0, classes).Select(_ => new long[classes])];
    private readonly List<Misread> _misread = [];
    private double _loss;
    private long _count;

    /// <summary>Adds a batch.</summary>
    /// <param name="first">Place of its first image; the others follow.</param>
    /// <param name="logits">Shape (b, classes).</param>
    /// <param name="labels">Right classes, shape (b).</param>
    public void Add(long first, Tensor logits, Tensor labels)
    {
        var logProbabilities = nn.functional.log_softmax(logits.to(ScalarType.Float64), 1).cpu();
        var (best, prediction) = logProbabilities.max(1);
        var rightOnes = logProbabilities.gather(1, labels.cpu().unsqueeze(1)).squeeze(1).data<double>();
        var (bestOnes, predictions) = (best.data<double>(), prediction.data<long>());
        var rightLabels = labels.cpu().data<long>();
        for (var i = 0; i < predictions.Count; i++)
        {
            var (label, predicted) = ((int)rightLabels[i], (int)predictions[i]);
            _confusion[label][predicted]++;
            _loss -= rightOnes[i];
            _count++;
            if (label != predicted) _misread.Add(new Misread(first + i, label, predicted, Math.Exp(bestOnes[i])));
        }
    }

    /// <summary>The figures over all batches.</summary>
    public ClassificationEvaluation Finish() => new(
        _count,
        new Dictionary<string, double> { ["error"] = (double)_misread.Count / _count, ["loss"] = _loss / _count },
        _confusion,
        [
            .. _misread.OrderByDescending(misread => misread.Probability).ThenBy(misread => misread.Index)
                .Take(WorstCount),
        ]);
}
