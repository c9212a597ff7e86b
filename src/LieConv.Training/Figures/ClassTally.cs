namespace LieConv.Training.Figures;

/// <summary>Collects a classifier's figures example by example, each of the same weight: sets, images, or the points of
/// all sets.</summary>
/// <param name="classes">K.</param>
public sealed class ClassTally(int classes)
{
    private readonly ConfusionMatrix _confusion = new(classes);
    private readonly Reliability _reliability = new();
    private double _loss;

    /// <summary>Adds an example.</summary>
    /// <param name="right">Its class.</param>
    /// <param name="logProbabilities">Natural logarithms of the K predicted probabilities. With logarithms no
    /// probability is rounded to 0, which would make the loss infinite or need a floor.</param>
    /// <returns>The predicted class.</returns>
    public int Add(int right, ReadOnlySpan<double> logProbabilities)
    {
        if (logProbabilities.Length != classes)
            throw new ArgumentException(
                $"There are {logProbabilities.Length} probabilities; expected {classes}.", nameof(logProbabilities));
        var predicted = Largest(logProbabilities);
        _confusion.Add(right, predicted);
        _reliability.Add(Math.Min(1, Math.Exp(logProbabilities[predicted])), right == predicted);
        _loss -= logProbabilities[right];
        return predicted;
    }

    /// <summary>The figures of all examples so far.</summary>
    public ClassFigures Finish() => new(_confusion, _reliability, _loss / _confusion.Count);

    /// <summary>The place of the largest number, of equal ones the first. What is not a number counts as the largest, as
    /// in libtorch: a network that gives it is wrong.</summary>
    public static int Largest(ReadOnlySpan<double> numbers)
    {
        var best = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (double.IsNaN(numbers[i])) return i;
            if (numbers[i] > numbers[best]) best = i;
        }
        return best;
    }
}
