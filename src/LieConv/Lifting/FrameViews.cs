using LieConv.Internal;
using static TorchSharp.torch;

namespace LieConv.Lifting;

/// <summary>Point sets as seen from each of their K frames, and how much each view counts.</summary>
/// <remarks>A frame that follows from a set and turns with it cannot be continuous everywhere: where its vector
/// vanishes it swings round. A mean over several frames that weighs each by the square of its vector is continuous
/// wherever one of them is left, since what a frame contributes fades before the frame does: weighted frames of Dym et
/// al. 2024 (https://arxiv.org/abs/2402.16077), after frame averaging of Puny et al. 2022
/// (https://arxiv.org/abs/2110.03336).</remarks>
/// <param name="Points">K views of each set, coordinates (b·K, n, D), all views of a set together.</param>
/// <param name="Weights">Weights of the views, shape (b, K), with sum 1.</param>
internal readonly record struct FrameViews(PointSet Points, Tensor Weights)
{
    /// <summary>The views of sets that each have coordinates of their own.</summary>
    /// <param name="points">Coordinates (b, n, D) with D of 2 or 3, values (b, n, c).</param>
    /// <param name="draws">May turn the frames.</param>
    public static FrameViews Of(PointSet points, Draws draws)
    {
        var padding = points.Mask?.logical_not().unsqueeze(-1);
        var valid = padding is null
            ? ones_like(points.Coordinates.narrow(-1, 0, 1))
            : padding.logical_not().to(points.Coordinates.dtype);
        var arms = ValidRows.Centred(ValidRows.Of(points.Coordinates, padding), valid);
        var values = ValidRows.Of(points.Values, padding);
        var (frames, weights) = WeightedFrames.Of(arms, values, valid, draws);                 // (b, K, D, D), (b, K)
        var count = frames.shape[1];
        return new FrameViews(
            new PointSet(
                matmul(arms.unsqueeze(1), frames.transpose(-1, -2)).flatten(0, 1),
                values.repeat_interleave(count, 0), points.Mask?.repeat_interleave(count, 0)),
            weights);
    }

    /// <summary>The weighted mean of what a network gives for the views, shape (b, outputs).</summary>
    /// <param name="outputs">Shape (b·K, outputs).</param>
    public Tensor Average(Tensor outputs) =>
        (outputs.view(Weights.shape[0], Weights.shape[1], -1) * Weights.unsqueeze(-1)).sum([1L]);
}
