using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Neighbours;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>Compares chosen neighbours and radii with recorded ones.</summary>
public static class Neighbours
{
    /// <summary>Compares as sets: the order of neighbours is unspecified.</summary>
    public static void CheckSame(CaseRun run, string label, Neighborhood ours, Tensor indices, Tensor mask, long points)
    {
        var all = ours.Indices ?? arange(points, dtype: ScalarType.Int64).expand([.. mask.shape[..^1], points]);
        var counted = ours.Mask ?? ones(all.shape, dtype: ScalarType.Bool);
        run.CheckValue(label, Membership(all, counted, points), Membership(indices, mask, points), tolerance: 0);
    }

    /// <summary>Which of the n points are neighbours, as zeros and ones, shape (b, m, n).</summary>
    public static Tensor Membership(Tensor indices, Tensor mask, long points) =>
        zeros([.. indices.shape[..^1], points], dtype: ScalarType.Float64)
            .scatter_add(-1, indices, mask.to_type(ScalarType.Float64));

    /// <summary>
    /// The average fill of a ball: of each valid query the fraction of its own set. The original divides by the mean
    /// size of the sets, which counts large ones twice; without padding both are the same.
    /// </summary>
    public static double AverageFill(Tensor distances, Tensor queryMask, Tensor mask, double radius)
    {
        var within = (distances < radius).logical_and(mask.unsqueeze(1)).logical_and(queryMask.unsqueeze(2));
        var fraction = within.sum(-1).to_type(ScalarType.Float64) / mask.sum(-1, keepdim: true).clamp(min: 1);
        return (fraction.sum() / queryMask.sum()).item<double>();
    }

    /// <summary>What a radius moves by for a fill that is off by 1.</summary>
    public const double RadiusStep = 0.5;

    /// <summary>The radius after one training step.</summary>
    public static double NextRadius(double radius, double fill, double averageFill) =>
        Math.Max(radius + RadiusStep * (Math.Min(fill, 1) - averageFill), BallRadius.Minimum);

    /// <summary>The original's running average of the fill, which only serves its log, after one step.</summary>
    public static double NextAverage(double average, double filled) => average + 0.1 * (filled - average);

    /// <summary>Elements and orbits with a dimension for the neighbours.</summary>
    public static LiftedElements Queries(this LiftedElements e) => new(e.Elements.unsqueeze(2), e.Orbits?.unsqueeze(2));

    /// <summary>Elements and orbits with a dimension for the queries.</summary>
    public static LiftedElements Support(this LiftedElements e) => new(e.Elements.unsqueeze(1), e.Orbits?.unsqueeze(1));

    /// <summary>The picked elements and orbits; all where nothing is picked.</summary>
    public static LiftedElements Picked(this LiftedElements e, Tensor? picks) => picks is null
        ? e
        : new(Gather.Rows(e.Elements, picks), Gather.RowsOrNull(e.Orbits, picks));
}
