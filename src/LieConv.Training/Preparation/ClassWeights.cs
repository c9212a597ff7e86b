namespace LieConv.Training.Preparation;

/// <summary>What an example of each class weighs in the loss, from the training part.</summary>
public static class ClassWeights
{
    /// <summary>The largest weight unless another is asked for: a class of a few examples would else make the loss
    /// jump.</summary>
    public const double UsualCap = 10;

    /// <summary>The weights: n / (K n_k) of n examples, n_k of class k, and K classes that have any (scikit-learn's
    /// class_weight="balanced"), at most the cap; or 1 for all. A class without examples weighs 1: it never occurs.
    /// </summary>
    /// <param name="counts">Training examples of each class, sets or points.</param>
    /// <param name="weighting">How they are weighed.</param>
    /// <param name="cap">The largest weight, at least 1.</param>
    public static double[] Compute(
        IReadOnlyList<long> counts, ClassWeighting weighting, double cap = UsualCap)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (!(cap >= 1)) throw new ArgumentException(FormattableString.Invariant(
            $"The largest weight of a class is {cap}; expected a number of at least 1."), nameof(cap));
        if (counts.Any(count => count < 0))
            throw new ArgumentException("A class has fewer than no examples; expected counts.", nameof(counts));
        var (total, classes) = (counts.Sum(), counts.Count(count => count > 0));
        return
        [
            .. counts.Select(count => weighting == ClassWeighting.None || count == 0
                ? 1
                : Math.Min(cap, (double)total / classes / count)),
        ];
    }
}
