using LieConv.Neighbours.Search;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>The radius of a ball that follows how full the ball is. Its number belongs to a layer, whose state it is
/// part of.</summary>
/// <param name="Value">The radius in units of the group's distance, 0-d; a step changes it in place.</param>
/// <param name="FillFraction">Wanted average fraction of the set within the ball; more than 1 is 1.</param>
/// <param name="Follows">Whether each search moves it: in training.</param>
public readonly record struct BallRadius(Tensor Value, double FillFraction, bool Follows)
{
    /// <summary>The radius at the start, in units of the group's distance.</summary>
    public const double Initial = 2;

    /// <summary>The smallest radius: every point stays within its own ball.</summary>
    public const double Minimum = 1e-3;

    private const double Step = 0.5;

    /// <summary>The radius below which a distance of this type is inside.</summary>
    internal Tensor Inside(ScalarType dtype) => Ties.Inside(Value, dtype);

    /// <summary>
    /// Moves the radius towards the wanted fill: the average over the valid queries of the fraction of their own set
    /// that lies within the ball. The ball of this step is chosen before.
    /// </summary>
    /// <param name="within">Which points lie within the balls and count, shape (g, m, n).</param>
    /// <param name="queryMask">Valid queries, shape (g, m); null where all are.</param>
    /// <param name="supportMask">Valid points, shape (g, n); null where all are.</param>
    internal void Follow(Tensor within, Tensor? queryMask, Tensor? supportMask)
    {
        var inside = BallCounts.Compute(within).to(Value.dtype);                                       // (g, m)
        var fraction = supportMask is null
            ? inside / Scalars.Of(within.shape[^1])
            : inside / supportMask.sum(-1, keepdim: true).clamp(min: Scalars.Of(1));
        var average = queryMask is null
            ? fraction.mean()
            : (fraction * queryMask.to(fraction.dtype)).sum() / queryMask.sum().clamp(min: Scalars.Of(1));
        Follow(average);
    }

    /// <summary>The same by an average that is known.</summary>
    internal void Follow(double average) => Follow(tensor(average, dtype: Value.dtype, device: Value.device));

    private void Follow(Tensor average) =>
        Value.add_(Scalars.Of(Step) * (Scalars.Of(Math.Min(FillFraction, 1)) - average))
            .clamp_(min: Scalars.Of(Minimum));
}
