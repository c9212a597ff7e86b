using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Lifting;

/// <summary>Point sets as seen from each of their frames, and how much each view counts.</summary>
/// <remarks>A frame that follows from a set and turns with it cannot be continuous everywhere: between symmetric
/// choices it must jump. A mean over several frames, whose weights fade before a frame ends, is continuous all the same:
/// weighted frames of Dym et al. 2024 (https://arxiv.org/abs/2402.16077), after frame averaging of Puny et al. 2022
/// (https://arxiv.org/abs/2110.03336). Frames, weights and views are found in double precision whatever the network's
/// is.</remarks>
/// <param name="Points">V views of g sets, those of a set together: coordinates (V, n, D), values (V·r, n, c) for
/// r = b / g items of each geometry.</param>
/// <param name="Owners">The set of each view, int64, shape (V).</param>
/// <param name="Weights">Weights of the views, with sum 1 for each set, float64, shape (V).</param>
/// <param name="Rotations">From the set to the view, float64, shape (V, D, D).</param>
/// <param name="Sizes">How large each set looks, 1 unless it is nearly a point, float64, shape (V, 1, 1 or D).</param>
/// <param name="Sets">The number g of sets.</param>
internal readonly record struct FrameViews(
    PointSet Points, Tensor Owners, Tensor Weights, Tensor Rotations, Tensor Sizes, long Sets)
{
    /// <summary>Root mean square radii, squared, between which a set starts to look smaller than it is. Below the first
    /// it looks like a point: a function that is invariant under rotations and smooth has no slope there.</summary>
    private const double Point = 1e-4;
    private const double Whole = 2.5e-3;

    /// <summary>Where scales count, radii below this, squared, count as this (<see cref="Polar.OriginRadius"/>).
    /// </summary>
    private const double LeastScale = Polar.OriginRadius * Polar.OriginRadius;

    /// <summary>Distance from a line up to which sets are on it (<see cref="WeightedFrames.Create"/>).</summary>
    private const double OnLine = 1e-3;
    private const double OnLineSingle = 5e-2;

    /// <summary>The views of sets. Vectors at the points make frames as points do: they turn with a set, too, and may
    /// differ where its places are symmetric.</summary>
    /// <param name="points">Coordinates (g, n, D), values (b, n, c).</param>
    /// <param name="symmetry">What the group does.</param>
    /// <param name="draws">May turn the frames.</param>
    /// <param name="vectors">Vectors that the network sees besides, 0 for padding, shape (g, n, D); null for none.
    /// </param>
    public static FrameViews Create(PointSet points, FrameSymmetry symmetry, Draws draws, Tensor? vectors = null)
    {
        var (g, dtype) = (points.Coordinates.shape[0], points.Coordinates.dtype);
        var padding = points.Mask?.logical_not().unsqueeze(-1);
        var coordinates = ValidRows.Find(points.Coordinates, padding).to(ScalarType.Float64);
        var valid = padding is null
            ? ones_like(coordinates.detach().narrow(-1, 0, 1))
            : padding.logical_not().to(ScalarType.Float64);
        var count = valid.sum(1).clamp_min(Scalars.Of(1.0));                                              // (g, 1)
        var (turned, along) = Split(coordinates, valid, symmetry);
        if (symmetry.Scaled)
            turned /= (turned.square().sum([1L, 2L], keepdim: true) / count.unsqueeze(-1))
                .clamp_min(Scalars.Of(LeastScale)).sqrt();
        var arms = vectors is null ? turned : cat([turned, Turned(vectors.to(ScalarType.Float64), symmetry)], 1);
        var number = vectors is null ? count : count * Scalars.Of(2.0);
        var turns = (draws as TurnedFrames)?.TurnAngles.to(ScalarType.Float64, coordinates.device);
        var frames = WeightedFrames.Create(
            arms, number, turns, dtype == ScalarType.Float64 ? OnLine : OnLineSingle);
        var radius = arms.square().sum([1L, 2L], keepdim: true) / count.unsqueeze(-1);
        var sizes = SmoothStep.Between(radius, Point, Whole).index_select(0, frames.Owners);           // (V, 1, 1)
        var seen = matmul(turned.index_select(0, frames.Owners), frames.Rotations.transpose(-1, -2)) * sizes;
        var rotations = frames.Rotations;
        if (along is not null)
        {
            seen = Joined(seen, along.index_select(0, frames.Owners), symmetry);
            rotations = WithAxis(rotations, symmetry);
        }
        var set = new PointSet(
            seen.to(dtype), OfItems(ValidRows.Find(points.Values, Repeated(padding, points.Values)), frames.Owners, g),
            points.Mask?.index_select(0, frames.Owners));
        return new FrameViews(set, frames.Owners, frames.Weights, rotations, Shrunk(sizes, rotations, symmetry), g);
    }

    /// <summary>The weighted means of what a network gives for the views, shape (b, ...).</summary>
    /// <param name="outputs">Shape (V·r, ...).</param>
    public Tensor Average(Tensor outputs)
    {
        var rest = outputs.shape[1..];
        var byView = outputs.to(ScalarType.Float64).view(Weights.shape[0], -1);
        var sums = zeros([Sets, byView.shape[1]], dtype: ScalarType.Float64, device: byView.device)
            .index_add(0, Owners, byView * Weights.unsqueeze(-1), Scalars.Of(1L));
        return sums.view([outputs.shape[0] / Weights.shape[0] * Sets, .. rest]).to(outputs.dtype);
    }

    /// <summary>One view of each set, drawn with the probability of its weight: what a network gives for it is, on
    /// average over draws, the mean over all.</summary>
    /// <param name="draws">Source of one angle a set, as a share of the circle.</param>
    public FrameViews Drawn(Draws draws)
    {
        var share = draws.Angles([Sets], ScalarType.Float64, Owners.device) / Scalars.Of(2 * Math.PI);   // (g), in [0, 1]
        // Weights of a set sum to 1, so that the running sum over all sets is at s where set s begins.
        var passed = Weights.detach().cumsum(0) - Owners.to(ScalarType.Float64);
        var before = passed.le(share.index_select(0, Owners)).to(ScalarType.Int64);
        var none = zeros([Sets], dtype: ScalarType.Int64, device: Owners.device);
        var counts = none.index_add(0, Owners, ones_like(Owners), Scalars.Of(1L));
        var places = none.index_add(0, Owners, before, Scalars.Of(1L)).minimum(counts - Scalars.Of(1L));
        var picks = counts.cumsum(0) - counts + places;
        return new FrameViews(
            new PointSet(
                Points.Coordinates.index_select(0, picks),
                OfItems(Points.Values, picks, Owners.shape[0]), Points.Mask?.index_select(0, picks)),
            Owners.index_select(0, picks), ones_like(share),
            Rotations.index_select(0, picks), Sizes.index_select(0, picks), Sets);
    }

    /// <summary>Vectors (g, n, D) of the sets as the views show them, shape (V, n, D).</summary>
    public Tensor Seen(Tensor vectors) =>
        (matmul(vectors.to(ScalarType.Float64).index_select(0, Owners), Rotations.transpose(-1, -2)) * Sizes)
            .to(vectors.dtype);

    /// <summary>Vectors (V, n, D) of the views as the sets have them, of the same shape; across what is turned nothing
    /// is left of them where a set looks like a point, from which no direction follows.</summary>
    public Tensor TurnedBack(Tensor vectors) =>
        matmul(vectors.to(ScalarType.Float64) * Sizes, Rotations).to(vectors.dtype);

    /// <summary>How large each coordinate of a view looks, shape (V, 1, D): the one along an axis stays.</summary>
    private static Tensor Shrunk(Tensor sizes, Tensor rotations, FrameSymmetry symmetry)
    {
        var dimension = (int)rotations.shape[^1];
        if (symmetry.Turned.Count == dimension) return sizes;
        return cat([.. Enumerable.Range(0, dimension).Select(
            i => symmetry.Turned.Contains(i) ? sizes : ones_like(sizes))], -1);
    }

    /// <summary>The coordinates that are turned, (..., 2 or 3).</summary>
    private static Tensor Turned(Tensor vectors, FrameSymmetry symmetry)
    {
        var columns = vectors.split(1, -1);
        return cat([.. symmetry.Turned.Select(i => columns[i])], -1);
    }

    /// <summary>The coordinates that are turned, (g, n, 2 or 3), and the one along the axis of a turn in space, (g, n,
    /// 1), both relative to the mean where the group translates, and 0 for padding.</summary>
    private static (Tensor Turned, Tensor? Along) Split(Tensor coordinates, Tensor valid, FrameSymmetry symmetry)
    {
        var dimension = (int)coordinates.shape[^1];
        var columns = coordinates.split(1, -1);
        for (var i = 0; i < dimension; i++)
            if (symmetry.Translated.Contains(i)) columns[i] = ValidRows.Centred(columns[i], valid);
        var rest = Enumerable.Range(0, dimension).Except(symmetry.Turned).Select(i => columns[i]).ToArray();
        return (cat([.. symmetry.Turned.Select(i => columns[i])], -1), rest.Length == 0 ? null : rest[0]);
    }

    /// <summary>Turned coordinates and the one along the axis, at their places.</summary>
    private static Tensor Joined(Tensor turned, Tensor along, FrameSymmetry symmetry)
    {
        var columns = new Tensor[3];
        var across = turned.split(1, -1);
        for (var i = 0; i < 3; i++)
        {
            var place = symmetry.Turned.ToList().IndexOf(i);
            columns[i] = place < 0 ? along : across[place];
        }
        return cat(columns, -1);
    }

    /// <summary>Rotations (V, 2, 2) across the axis as rotations of space, shape (V, 3, 3).</summary>
    private static Tensor WithAxis(Tensor rotations, FrameSymmetry symmetry)
    {
        var zero = zeros_like(rotations.narrow(-1, 0, 1));                                             // (V, 2, 1)
        var one = ones_like(zero.narrow(-2, 0, 1));                                                    // (V, 1, 1)
        var rows = cat([cat([rotations, zero], -1), cat([zero.transpose(-1, -2), one], -1)], -2);
        int[] order = [.. symmetry.Turned, .. Enumerable.Range(0, 3).Except(symmetry.Turned)];
        long[] indices = [.. Enumerable.Range(0, 3).Select(i => (long)Array.IndexOf(order, i))];
        var places = tensor(indices, device: rows.device);
        return rows.index_select(-1, places).index_select(-2, places);
    }

    /// <summary>Padding of geometries as that of their items.</summary>
    private static Tensor? Repeated(Tensor? padding, Tensor values) =>
        padding?.repeat_interleave(values.shape[0] / padding.shape[0], 0);

    /// <summary>The values of each view's items, shape (V·r, n, c).</summary>
    private static Tensor OfItems(Tensor values, Tensor owners, long sets)
    {
        var items = values.shape[0] / sets;
        return items == 1
            ? values.index_select(0, owners)
            : values.unflatten(0, [sets, items]).index_select(0, owners).flatten(0, 1);
    }
}
