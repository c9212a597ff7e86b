namespace LieConv.Training.Figures;

/// <summary>How often each class was put into each class, and the figures that follow from it.</summary>
/// <remarks>The figures are those of scikit-learn's balanced_accuracy_score and f1_score(average="macro"): classes that
/// no example has do not enter the one, classes that no example has or gets not the other.</remarks>
public sealed class ConfusionMatrix
{
    private readonly long[][] _counts;

    /// <summary>An empty matrix.</summary>
    /// <param name="classes">K, at least 1.</param>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _counts = [.. Enumerable.Range(0, classes).Select(_ => new long[classes])];
    }

    /// <summary>A matrix of known counts.</summary>
    /// <param name="counts">Examples of class [row] that were put into class [column]; K rows of K numbers.</param>
    /// <exception cref="ArgumentException">If it is not square.</exception>
    public ConfusionMatrix(IReadOnlyList<IReadOnlyList<long>> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count == 0 || counts.Any(row => row.Count != counts.Count))
            throw new ArgumentException("The counts are no square matrix; expected K rows of K numbers.", nameof(counts));
        _counts = [.. counts.Select(row => row.ToArray())];
    }

    /// <summary>K.</summary>
    public int Classes => _counts.Length;

    /// <summary>Examples of class [row] that were put into class [column].</summary>
    public IReadOnlyList<IReadOnlyList<long>> Rows => _counts;

    /// <summary>All examples.</summary>
    public long Count => _counts.Sum(row => row.Sum());

    /// <summary>Examples that were put into their class.</summary>
    public long Right => Enumerable.Range(0, Classes).Sum(k => _counts[k][k]);

    /// <summary>The fraction that was put into its class, 0 to 1; NaN without examples.</summary>
    public double Accuracy => (double)Right / Count;

    /// <summary>The fraction that was not, 0 to 1; NaN without examples.</summary>
    public double Error => (double)(Count - Right) / Count;

    /// <summary>The mean over the classes of the fraction of each that was found; NaN without examples.</summary>
    public double BalancedAccuracy => Mean(k => OfClass(k) > 0 ? RecallOf(k) : null);

    /// <summary>The mean over the classes of F1; NaN without examples.</summary>
    public double MacroF1 => Mean(k => OfClass(k) + PutInto(k) > 0 ? F1Of(k) : null);

    /// <summary>Counts an example.</summary>
    /// <param name="right">Its class.</param>
    /// <param name="predicted">The class that it was put into.</param>
    public void Add(int right, int predicted) => _counts[right][predicted]++;

    /// <summary>Examples of a class.</summary>
    public long OfClass(int k) => _counts[k].Sum();

    /// <summary>Examples that were put into a class.</summary>
    public long PutInto(int k) => _counts.Sum(row => row[k]);

    /// <summary>The fraction of a class that was put into it; 0 where there is none.</summary>
    public double RecallOf(int k) => Fraction(_counts[k][k], OfClass(k));

    /// <summary>The fraction of what was put into a class that belongs there; 0 where there is none.</summary>
    public double PrecisionOf(int k) => Fraction(_counts[k][k], PutInto(k));

    /// <summary>The harmonic mean of recall and precision.</summary>
    public double F1Of(int k) => Fraction(2 * _counts[k][k], OfClass(k) + PutInto(k));

    private static double Fraction(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private double Mean(Func<int, double?> figure)
    {
        var figures = Enumerable.Range(0, Classes).Select(figure).OfType<double>().ToArray();
        return figures.Length == 0 ? double.NaN : figures.Average();
    }
}
