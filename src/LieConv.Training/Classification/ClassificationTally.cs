using LieConv.Training.Figures;
using static TorchSharp.torch;

namespace LieConv.Training.Classification;

/// <summary>Counts a classifier's hits and errors batch by batch, so that every image weighs the same.</summary>
internal sealed class ClassificationTally(int classes)
{
    /// <summary>Errors that are shown as pictures.</summary>
    private const int WorstCount = 48;

    private readonly ClassTally _tally = new(classes);
    private readonly List<Misread> _misread = [];

    /// <summary>Adds a batch.</summary>
    /// <param name="first">Place of its first image; the others follow.</param>
    /// <param name="logits">Shape (b, classes).</param>
    /// <param name="labels">Right classes, shape (b).</param>
    public void Add(long first, Tensor logits, Tensor labels)
    {
        var logProbabilities =
            nn.functional.log_softmax(logits.to(ScalarType.Float64), 1).cpu().data<double>().ToArray();
        var rightLabels = labels.cpu().data<long>();
        for (var i = 0; i < rightLabels.Count; i++)
        {
            var row = logProbabilities.AsSpan(i * classes, classes);
            var label = (int)rightLabels[i];
            var predicted = _tally.Add(label, row);
            if (label != predicted) _misread.Add(new Misread(first + i, label, predicted, Math.Exp(row[predicted])));
        }
    }

    /// <summary>The figures over all batches.</summary>
    public ClassificationEvaluation Finish()
    {
        var figures = _tally.Finish();
        return new ClassificationEvaluation(
            figures.Count,
            new Dictionary<string, double> { ["error"] = figures.Confusion.Error, ["loss"] = figures.LogLoss },
            figures.Confusion.Rows,
            [
                .. _misread.OrderByDescending(misread => misread.Probability).ThenBy(misread => misread.Index)
                    .Take(WorstCount),
            ]);
    }
}
