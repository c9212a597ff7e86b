using LieConv.Kernels;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>What the heads of an attention compare and average: Σ_v w(q_u·k_v + l_uv) x_v for each head.</summary>
/// <param name="Queries">Shape (g, m, r, h, d), already divided by √d.</param>
/// <param name="Keys">Shape (g, n, r, h, d).</param>
/// <param name="Values">Shape (g, n, r, h, d).</param>
/// <param name="Location">What the place of a neighbour adds to its score, shape (g, m, k, h), of packed sets
/// (P, h).</param>
/// <param name="Normalization">How scores become weights.</param>
/// <param name="Mean">Whether scores that are weights themselves are divided by the number of neighbours.</param>
internal readonly record struct AttentionHeads(
    Tensor Queries, Tensor Keys, Tensor Values, Tensor Location, AttentionNormalization Normalization, bool Mean)
{
    /// <summary>A score far below any other; not infinite, since a query without neighbours has nothing else.</summary>
    private const double Excluded = float.MinValue;

    /// <summary>The averages over neighbours that were chosen: memory grows with their number, not with that of all
    /// pairs.
    /// </summary>
    /// <param name="indices">Neighbours, shape (g, m, k).</param>
    /// <param name="mask">Which of them count, shape (g, m, k); null where all do.</param>
    /// <returns>Shape (g, m, r, h, d).</returns>
    public Tensor OverChosen(Tensor indices, Tensor? mask)
    {
        var scores = (Queries.unsqueeze(2) * Gather.Rows(Keys, indices)).sum(-1) + Location.unsqueeze(3);
        var weights = Weights(scores, mask?.unsqueeze(-1).unsqueeze(-1), 2);                      // (g, m, k, r, h)
        return (weights.unsqueeze(-1) * Gather.Rows(Values, indices)).sum(2);
    }

    /// <summary>The averages over all n points, in order.</summary>
    /// <param name="mask">Which of them count, shape (g, m, n); null where all do.</param>
    /// <returns>Shape (g, m, r, h, d).</returns>
    public Tensor OverAll(Tensor? mask)
    {
        var location = Location.permute(0, 3, 1, 2).unsqueeze(1);                                 // (g, 1, h, m, n)
        var scores = ByHead(Queries).matmul(ByHead(Keys).transpose(-1, -2)) + location;
        var weights = Weights(scores, mask?.unsqueeze(1).unsqueeze(1), -1);                       // (g, r, h, m, n)
        return weights.matmul(ByHead(Values)).permute(0, 3, 1, 2, 4);
    }

    /// <summary>The averages over all points of each packed set.</summary>
    /// <param name="groups">Runs of sets of one size.</param>
    /// <returns>Shape (1, R, 1, h, d).</returns>
    public Tensor OverPacked(IReadOnlyList<PackedGroup> groups)
    {
        var (parts, row, pair) = (new List<Tensor>(), 0L, 0L);
        foreach (var (sets, size) in groups)
        {
            var (rows, pairs) = (sets * size, sets * size * size);
            var own = this with
            {
                Queries = Rows(Queries, row, sets, size), Keys = Rows(Keys, row, sets, size),
                Values = Rows(Values, row, sets, size),
                Location = Location.narrow(0, pair, pairs).view(sets, size, size, Location.shape[1]),
            };
            parts.Add(own.OverAll(null).flatten(0, 1));
            (row, pair) = (row + rows, pair + pairs);
        }
        return cat(parts, 0).unsqueeze(0);
    }

    /// <summary>Rows of a run as sets, shape (sets, size, 1, h, d).</summary>
    private static Tensor Rows(Tensor heads, long first, long sets, long size) =>
        heads.narrow(1, first, sets * size).view([sets, size, .. heads.shape[2..]]);

    /// <summary>Shape (g, r, h, n, d).</summary>
    private static Tensor ByHead(Tensor heads) => heads.permute(0, 2, 3, 1, 4);

    /// <summary>Weights of the neighbours along a dimension, exactly 0 for those that do not count.</summary>
    private Tensor Weights(Tensor scores, Tensor? mask, long dimension)
    {
        var others = mask?.logical_not();
        if (Normalization == AttentionNormalization.Softmax)
        {
            if (others is null) return nn.functional.softmax(scores, dimension);
            var weights = nn.functional.softmax(scores.masked_fill(others, Scalars.Of(Excluded)), dimension);
            return weights.masked_fill(others, Scalars.Of(0));
        }
        if (others is not null) scores = scores.masked_fill(others, Scalars.Of(0));
        if (!Mean) return scores;
        return mask is null
            ? scores / Scalars.Of((double)scores.shape[(int)(dimension < 0 ? scores.dim() + dimension : dimension)])
            : scores / mask.sum(dimension, keepdim: true).clamp(min: Scalars.Of(1)).to(scores.dtype);
    }
}
