using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>The neighbours of m query points and where they are, seen from the queries: some that were chosen
/// (<see cref="ChosenNeighborhood"/>), or all of a set (<see cref="AllNeighborhood"/>).</summary>
public abstract class Neighborhood
{
    private protected Neighborhood()
    {
    }

    /// <summary>Neighbours by number, int64, shape (g, m, k); null where all n points are neighbours in order.</summary>
    public abstract Tensor? Indices { get; }

    /// <summary>Which of them count, shape (g, m, k); null where all count.</summary>
    public abstract Tensor? Mask { get; }

    /// <summary>Relative coordinates [log(v⁻¹u), q_u, q_v], shape (g, m, k, d + 2q); for a layer with
    /// <c>RadialBasis</c> what its finder gives, functions of distances after or instead of them.</summary>
    public abstract Tensor Relative { get; }

    /// <summary>Queries m.</summary>
    internal abstract long Queries { get; }

    /// <summary>Pairs of one query in all sets, g·k.</summary>
    internal abstract long PairsOfQuery { get; }

    /// <summary>Whether the queries can be taken some at a time.</summary>
    internal abstract bool HasParts { get; }

    /// <summary>The neighbours of some queries.</summary>
    /// <param name="first">The first query.</param>
    /// <param name="count">How many.</param>
    internal abstract Neighborhood Part(long first, long count);

    /// <summary>Requires that the neighbourhood fits values and itself.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <param name="relativeDim">Numbers d + 2q of a relative coordinate.</param>
    /// <exception cref="ArgumentException">If it does not.</exception>
    internal abstract void Check(Tensor values, int relativeDim);

    /// <summary>The convolution with kernel values that are known: 1/k W vec(Σ_j f_j ⊗ a_j) + b.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <param name="kernel">Kernel values of the pairs, as many as <see cref="Relative"/> has.</param>
    /// <param name="layer">The linear layer.</param>
    /// <returns>Shape (g, m, r, outputs).</returns>
    internal abstract Tensor Convolve(Tensor values, Tensor kernel, ConvolutionWeights layer);

    /// <summary>The averages of an attention over the neighbours.</summary>
    /// <param name="heads">What it compares and averages, with the places of as many pairs as <see cref="Relative"/>
    /// has.</param>
    /// <returns>Shape (g, m, r, h, d).</returns>
    internal abstract Tensor Attend(AttentionHeads heads);
}
