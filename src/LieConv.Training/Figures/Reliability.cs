namespace LieConv.Training.Figures;

/// <summary>Whether a classifier is as often right as it says: the expected calibration error and the data of a
/// reliability diagram, over bins of equal width.</summary>
/// <remarks>Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017, equations 2 to 5.
/// </remarks>
public sealed class Reliability
{
    /// <summary>Bins of the usual expected calibration error.</summary>
    public const int UsualBins = 15;

    private readonly long[] _counts;
    private readonly long[] _right;
    private readonly double[] _confidence;

    /// <summary>No examples yet.</summary>
    /// <param name="bins">Bins between 0 and 1.</param>
    public Reliability(int bins = UsualBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        (_counts, _right, _confidence) = (new long[bins], new long[bins], new double[bins]);
    }

    /// <summary>All examples.</summary>
    public long Count => _counts.Sum();

    /// <summary>The bins from 0 to 1.</summary>
    public IReadOnlyList<ReliabilityBin> Bins =>
    [
        .. _counts.Select((count, b) => new ReliabilityBin(
            (double)b / _counts.Length, (b + 1.0) / _counts.Length, count, _confidence[b] / count,
            (double)_right[b] / count)),
    ];

    /// <summary>The mean over the examples of the gap between confidence and accuracy of their bin (ECE), 0 to 1; NaN
    /// without examples.</summary>
    public double ExpectedError => _counts.Select((_, b) => Math.Abs(_right[b] - _confidence[b])).Sum() / Count;

    /// <summary>The largest gap of a bin (MCE), 0 to 1; NaN without examples.</summary>
    public double LargestError => Bins.Where(bin => bin.Count > 0)
        .Select(bin => Math.Abs(bin.Accuracy - bin.Confidence)).DefaultIfEmpty(double.NaN).Max();

    /// <summary>Adds an example.</summary>
    /// <param name="confidence">The probability of the predicted class, 0 to 1; what is not a number is passed over.
    /// </param>
    /// <param name="isRight">Whether it is the example's class.</param>
    public void Add(double confidence, bool isRight)
    {
        if (double.IsNaN(confidence)) return;
        var bin = Math.Clamp((int)Math.Ceiling(confidence * _counts.Length) - 1, 0, _counts.Length - 1);
        _counts[bin]++;
        _confidence[bin] += confidence;
        if (isRight) _right[bin]++;
    }
}
