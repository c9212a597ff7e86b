namespace LieConv.Neighbours;

/// <summary>How the scores of a query's neighbours become the weights of their average.</summary>
public enum AttentionNormalization
{
    /// <summary>Exponentials over their sum: positive weights that add up to 1.</summary>
    Softmax,

    /// <summary>The scores themselves over the number of neighbours, of any sign and without an exponential, as in the
    /// networks of motion of Hutchinson et al. 2021; where sums are no means (<c>BlockOptions.Mean</c>), the scores.
    /// </summary>
    Mean,
}
