using static TorchSharp.torch;

namespace LieConv.Internal;

/// <summary>Several frames of a point set, from vectors that turn with it, and their weights (docs/maths.md, Weighted
/// frames).</summary>
/// <remarks>
/// A vector is the sum e = Σ φ a / (Σ φ² · Σ |a|²)^½ of the points' arms a from their mean, with a feature φ of the
/// points that no motion changes: functions of the arms' size s = |a|² in units of the set's mean, and the values, the
/// mean over whose channels is one vector. As the arms add up to 0, a feature counts by how much it differs between the
/// points; it is divided by its whole size all the same, since a vector that is divided by its own variation does not
/// fade where that ends, but swings round at full weight.
/// In the plane each vector is a frame of weight |e|². In space each pair of successive vectors is one, of weight
/// |e × e'|², or |e|² where all vectors lie on one line, about which a set of points on it may be turned at will. Where
/// all vanish the coordinate axes stand in.
/// </remarks>
internal static class WeightedFrames
{
    private const double Vanished = 1e-12;
    private const double VanishedSingle = 1e-8;

    /// <summary>Frames as rows of unit vectors, shape (b, K, D, D), and their weights, shape (b, K), with sum 1.
    /// </summary>
    /// <param name="arms">Points relative to their mean, 0 for padding, shape (b, n, D).</param>
    /// <param name="values">Values, 0 for padding, shape (b, n, c).</param>
    /// <param name="valid">1 for points and 0 for padding, shape (b, n, 1).</param>
    /// <param name="draws">May turn the frames.</param>
    public static (Tensor Frames, Tensor Weights) Of(Tensor arms, Tensor values, Tensor valid, Draws draws)
    {
        var vectors = Vectors(arms, values, valid);
        var turns = (draws as TurnedFrames)?.TurnAngles.to(arms.dtype, arms.device).view(-1, 1, 1);
        var (frames, weights) = arms.shape[^1] == 2 ? InPlane(vectors, turns) : InSpace(vectors, turns);
        return (frames, Shares(weights));
    }

    /// <summary>The vectors e, of length at most 1, shape (b, K, D).</summary>
    private static Tensor Vectors(Tensor arms, Tensor values, Tensor valid)
    {
        var count = valid.sum(1, keepdim: true).clamp_min(1);
        var squares = (arms * arms).sum(-1, keepdim: true);
        var spread = squares.sum(1, keepdim: true) / count;                                            // (b, 1, 1)
        var s = squares / OneIfVanished(spread);
        var size = s / (1 + s);
        var sizes = arms.shape[^1] == 2 ? size : cat([size, size / (1 + s)], -1);
        var features = cat([sizes, values], -1);                                                       // (b, n, f)
        var power = features.square().sum(1, keepdim: true);
        var bound = OneIfVanished(power).sqrt() * OneIfVanished(spread * count).sqrt();
        // The sum is that with the features themselves; less their mean they lose fewer digits.
        var vectors = matmul(ValidRows.Centred(features, valid).transpose(1, 2), arms) / bound.transpose(1, 2);
        var own = sizes.shape[^1];
        return values.shape[^1] == 0
            ? vectors
            : cat([vectors.narrow(1, 0, own), vectors.narrow(1, own, values.shape[^1]).mean([1L], keepdim: true)], 1);
    }

    private static (Tensor Frames, Tensor Weights) InPlane(Tensor vectors, Tensor? turns)
    {
        var (u, weights) = Unit(vectors, tensor([1.0, 0], dtype: vectors.dtype, device: vectors.device));
        var v = cat([-u.narrow(-1, 1, 1), u.narrow(-1, 0, 1)], -1);
        return (Turned(u, v, turns), weights);
    }

    private static (Tensor Frames, Tensor Weights) InSpace(Tensor vectors, Tensor? turns)
    {
        var (u, along) = Unit(vectors, tensor([1.0, 0, 0], dtype: vectors.dtype, device: vectors.device));
        var axis = nn.functional.one_hot(u.detach().abs().argmin(-1), 3).to(u.dtype);
        var (v, across) = Unit(Across(vectors.roll(-1, 1), u), Across(axis, u));
        v = Across(v, u) / Across(v, u).square().sum(-1, keepdim: true).sqrt();     // a short candidate lost its digits
        var pair = Turned(v, linalg.cross(u, v), turns);
        var pairs = along * across;
        var onLine = (pairs.detach() == 0).all(-1, keepdim: true);
        return (cat([u.unsqueeze(-2), pair], -2), where(onLine, along, pairs));
    }

    /// <summary>Two unit vectors as rows, turned about the origin of their plane.</summary>
    private static Tensor Turned(Tensor u, Tensor v, Tensor? turns) => turns is null
        ? stack([u, v], -2)
        : stack([u * turns.cos() + v * turns.sin(), v * turns.cos() - u * turns.sin()], -2);

    /// <summary>Unit vectors and squared lengths (b, K); where a vector has vanished, the fallback and 0.</summary>
    private static (Tensor Vectors, Tensor Squares) Unit(Tensor vectors, Tensor fallback)
    {
        var squares = vectors.square().sum(-1, keepdim: true);
        var vanished = squares.detach() <= Least(squares);
        var unit = where(vanished, fallback, vectors);
        unit = unit / unit.square().sum(-1, keepdim: true).sqrt();
        return (unit, squares.masked_fill(vanished, 0).squeeze(-1));
    }

    /// <summary>Weights with sum 1; equal where all have vanished.</summary>
    private static Tensor Shares(Tensor weights)
    {
        var total = weights.sum(-1, keepdim: true);
        var none = total.detach() == 0;
        return weights.masked_fill(none, 1) / total.masked_fill(none, weights.shape[^1]);
    }

    private static Tensor Across(Tensor vectors, Tensor u) => vectors - u * (vectors * u).sum(-1, keepdim: true);

    private static double Least(Tensor like) => like.dtype == ScalarType.Float64 ? Vanished : VanishedSingle;

    private static Tensor OneIfVanished(Tensor squares) =>
        where(squares.detach() > Polar.OriginRadius * Polar.OriginRadius, squares, ones_like(squares));
}
