using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>
/// Where the valid points of padded sets are when all are laid in one row after another without padding, small sets
/// first, so that sets of the same size are neighbours and are worked on together.
/// </summary>
/// <param name="Rows">Position of each row among the b·n padded ones, int64, shape (R).</param>
/// <param name="Sets">The set of each row, int64, shape (R).</param>
/// <param name="Sizes">Points of each of the b sets, shape (b).</param>
/// <param name="Groups">Runs of sets of one size, in order.</param>
internal readonly record struct PackedSets(
    Tensor Rows, Tensor Sets, Tensor Sizes, IReadOnlyList<PackedGroup> Groups)
{
    /// <summary>Packs; null where less than the given share is padding, or no point is valid.</summary>
    /// <param name="mask">Valid points, shape (b, n).</param>
    /// <param name="leastPadding">Share of padding from which packing is worth its copies.</param>
    public static PackedSets? Create(Tensor mask, double leastPadding)
    {
        using var flags = mask.cpu().contiguous();
        var (b, n, valid) = ((int)mask.shape[0], (int)mask.shape[1], flags.data<bool>().ToArray());
        var sizes = new long[b];
        for (var i = 0; i < valid.Length; i++) if (valid[i]) sizes[i / n]++;
        var count = (int)sizes.Sum();
        if (count == 0 || valid.Length - count < leastPadding * valid.Length) return null;
        var order = Enumerable.Range(0, b).Where(set => sizes[set] > 0).OrderBy(set => sizes[set]).ToArray();
        var (rows, sets) = (new List<long>(count), new List<long>(count));
        foreach (var set in order)
            for (var point = 0; point < n; point++)
            {
                if (!valid[set * n + point]) continue;
                rows.Add((long)set * n + point);
                sets.Add(set);
            }
        PackedGroup[] groups =
            [.. order.GroupBy(set => sizes[set]).Select(group => new PackedGroup(group.Count(), group.Key))];
        var device = mask.device;
        return new PackedSets(
            tensor(rows.ToArray(), device: device), tensor(sets.ToArray(), device: device),
            tensor(sizes, device: device), groups);
    }

    /// <summary>The valid rows of padded ones.</summary>
    /// <param name="padded">Shape (b, n, ...).</param>
    /// <returns>Shape (R, ...).</returns>
    public Tensor Pack(Tensor padded) => padded.flatten(0, 1).index_select(0, Rows);

    /// <summary>Rows at their padded places, 0 elsewhere.</summary>
    /// <param name="values">Shape (R, c).</param>
    /// <param name="sets">The sets b.</param>
    /// <param name="points">The padded points n of each.</param>
    /// <returns>Shape (b, n, c).</returns>
    public Tensor Unpack(Tensor values, long sets, long points) =>
        zeros([sets * points, values.shape[1]], dtype: values.dtype, device: values.device)
            .index_copy(0, Rows, values).unflatten(0, [sets, points]);

    /// <summary>Neighbours by row in place of neighbours by position in their padded set.</summary>
    /// <param name="padded">Neighbours of all n points of each of b sets; a point of padding is never one.</param>
    /// <returns>Neighbours of the R rows as those of one set of R points.</returns>
    public Neighborhood Pack(Neighborhood padded)
    {
        var (indices, count) = (padded.Indices!, Rows.shape[0]);
        var (b, n) = (indices.shape[0], indices.shape[1]);
        var rowOf = zeros([b * n], dtype: ScalarType.Int64, device: Rows.device)
            .index_copy(0, Rows, arange(Scalars.Of(count), dtype: ScalarType.Int64, device: Rows.device));
        var positions = Pack(indices) + Sets.unsqueeze(-1) * Scalars.Of(n);                                  // (R, k)
        var neighbours = rowOf.index_select(0, positions.flatten()).view(1, count, -1);
        return new ChosenNeighborhood(
            neighbours, padded.Mask is null ? null : Pack(padded.Mask).unsqueeze(0), Pack(padded.Relative).unsqueeze(0));
    }

    /// <summary>All points of each set as neighbours of each; a set of k points has k² pairs, those of its first point
    /// first.</summary>
    /// <param name="group">The group.</param>
    /// <param name="points">Padded elements (b, n, e) and orbits (b, n, q).</param>
    /// <param name="radial">Functions of distances that are read, too; null for none.</param>
    public PackedNeighborhood Neighbours(LieGroup group, LiftedElements points, RadialFunctions? radial = null)
    {
        var elements = Pack(points.Elements);
        var orbits = points.Orbits is null ? null : Pack(points.Orbits);
        var (queries, support) = Pairs();
        var relative = group.Relative(Take(queries), Take(support));
        return new PackedNeighborhood(this, radial?.Extend(relative) ?? relative);

        LiftedElements Take(Tensor indices) => new(elements.index_select(0, indices), orbits?.index_select(0, indices));
    }

    /// <summary>The rows of all pairs of points of one set, int64, shape (P).</summary>
    internal (Tensor Queries, Tensor Support) Pairs()
    {
        var (queries, support, first) = (new List<long>(), new List<long>(), 0L);
        foreach (var (count, size) in Groups)
            for (var set = 0; set < count; set++, first += size)
                for (var query = first; query < first + size; query++)
                    for (var other = first; other < first + size; other++)
                    {
                        queries.Add(query);
                        support.Add(other);
                    }
        return (tensor(queries.ToArray(), device: Rows.device), tensor(support.ToArray(), device: Rows.device));
    }

    /// <summary>One over the points of the set of each row, shape (R, 1).</summary>
    public Tensor Shares(ScalarType dtype) => Sizes.index_select(0, Sets).to(dtype).reciprocal().unsqueeze(-1);

    /// <summary>Mean or sum over the points of each set; 0 for a set without points.</summary>
    /// <param name="values">Shape (R, c).</param>
    /// <param name="mean">Mean or sum.</param>
    /// <returns>Shape (b, c).</returns>
    public Tensor Pool(Tensor values, bool mean)
    {
        var sums = zeros([Sizes.shape[0], values.shape[1]], dtype: values.dtype, device: values.device)
            .index_add(0, Sets, values, Scalars.Of(1));
        return mean ? sums / Sizes.clamp(min: Scalars.Of(1)).to(values.dtype).unsqueeze(-1) : sums;
    }
}
