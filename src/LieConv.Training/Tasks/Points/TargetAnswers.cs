using LieConv.Datasets.Points;
using LieConv.Training.Conformal;
using LieConv.Training.Figures;

namespace LieConv.Training.Tasks.Points;

/// <summary>What a network says of one target, set by set, beside what is true.</summary>
/// <param name="target">The target.</param>
internal sealed class TargetAnswers(PointTarget target)
{
    private readonly List<double> _numbers = [];
    private readonly List<double> _truth = [];
    private readonly List<int> _sizes = [];

    /// <summary>The target.</summary>
    public PointTarget Target => target;

    /// <summary>Whether it is a class.</summary>
    public bool IsClass => target.Kind == PointTargetKind.Class;

    /// <summary>Numbers that the network gives for it.</summary>
    public int Width => IsClass ? target.Classes.Count : 1;

    /// <summary>Points of each set; empty where the set has the target.</summary>
    public int[] Sizes => target.OfPoints ? [.. _sizes] : [];

    /// <summary>Of a class: natural logarithms of the probabilities, a row an example.</summary>
    public double[] LogProbabilities => IsClass ? [.. _numbers] : [];

    /// <summary>Of a class: the right ones.</summary>
    public int[] Right => IsClass ? [.. _truth.Select(value => (int)value)] : [];

    /// <summary>Of a number: predictions, in its unit.</summary>
    public double[] Predicted => IsClass ? [] : [.. _numbers];

    /// <summary>Of a number: the true ones.</summary>
    public double[] Truth => IsClass ? [] : [.. _truth];

    /// <summary>Adds a set.</summary>
    /// <param name="answers">What the network says: logarithms of probabilities, or numbers in the target's unit; a row for
    /// the set, or one for each point.</param>
    /// <param name="truth">What is true, a number for each row.</param>
    public void Add(ReadOnlySpan<double> answers, ReadOnlySpan<double> truth)
    {
        _numbers.AddRange(answers);
        _truth.AddRange(truth);
        _sizes.Add(answers.Length / Width);
    }

    /// <summary>The figures by name.</summary>
    /// <param name="prefix">What stands before each name.</param>
    public IReadOnlyDictionary<string, double> Metrics(string prefix) => IsClass
        ? ClassFigures.Compute(Right, LogProbabilities, Width).Metrics(prefix)
        : NumberFigures.Compute(Predicted, Truth).Metrics(prefix);

    /// <summary>The scores of the true values, from which prediction sets and intervals follow.</summary>
    public double[] Scores() =>
        IsClass ? ConformalClasses.Scores(Right, LogProbabilities) : ConformalIntervals.Scores(Predicted, Truth);

    /// <summary>What became of a promised coverage.</summary>
    public ConformalCoverage Measure(ConformalThreshold threshold) => IsClass
        ? ConformalClasses.Measure(threshold, Right, LogProbabilities, Sizes)
        : ConformalIntervals.Measure(threshold, Predicted, Truth, Sizes);

    /// <summary>The error of each example: 1 for a wrong class and 0, or the absolute one.</summary>
    public double[] Errors() => IsClass
        ? [.. Right.Select((right, i) =>
            ClassTally.Largest(_numbers.Slice(i * Width, Width).ToArray()) == right ? 0.0 : 1)]
        : [.. _numbers.Zip(_truth, (a, b) => Math.Abs(a - b))];

    /// <summary>The examples with the largest errors: places of sets.</summary>
    /// <param name="most">How many at most.</param>
    public int[] Worst(int most) => target.OfPoints ? WorstExamples.OfPoints(Errors(), Sizes, most)
        : IsClass ? WorstExamples.OfClasses(Right, LogProbabilities, Width, most)
        : WorstExamples.OfNumbers(Predicted, Truth, most);
}
