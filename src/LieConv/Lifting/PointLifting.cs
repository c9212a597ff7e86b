using LieConv.Groups;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Lifting;

/// <summary>Lifts point sets with values to a group (section 4.2 of Finzi et al. 2020).</summary>
public static class PointLifting
{
    /// <summary>Lifts every point; each lift carries its point's value and mask.</summary>
    /// <param name="group">The group.</param>
    /// <param name="points">n points an item, coordinates (g, n, D), values (b, n, c), b a multiple of g.</param>
    /// <param name="options">Lifts a point, s of them.</param>
    /// <param name="draws">Source of the stabilizer draws.</param>
    /// <returns>n·s points an item, values (g, n·s, r, c) with r = b / g.</returns>
    /// <exception cref="ArgumentException">If shapes do not fit each other or the group, or on the CPU a point that is
    /// no padding is not finite.</exception>
    public static LiftedPoints Lift(this LieGroup group, PointSet points, LiftOptions options, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(draws);
        Check(group, points);
        using var scope = NewDisposeScope();
        // Frames depend on coordinates, so that NaN in padding would reach derivatives of all; drawn lifts keep padding
        // where it is, as the original does.
        var coordinates = options.Framed && points.Mask is { } mask
            ? points.Coordinates.masked_fill(mask.logical_not().unsqueeze(-1), Scalars.Of(0))
            : points.Coordinates;
        var lifted = group.Lift(coordinates, points.Mask, options, draws);
        var samples = options.Samples;
        return scope.Keep(new LiftedPoints(
            lifted.Elements, lifted.Orbits, Arrange(points, samples),
            points.Mask?.repeat_interleave(samples, 1)));
    }

    /// <summary>Values (b, n, c) as (g, n·s, r, c): points first, since the items of one geometry travel
    /// together.</summary>
    private static Tensor Arrange(PointSet points, int samples)
    {
        var (g, b) = (points.Coordinates.shape[0], points.Values.shape[0]);
        var values = points.Values.view([g, b / g, .. points.Values.shape[1..]]).transpose(1, 2);   // (g, n, r, c)
        if (points.Mask is { } mask) values =
            values.masked_fill(mask.logical_not().unsqueeze(-1).unsqueeze(-1), Scalars.Of(0));
        if (points.Coordinates.device_type != DeviceType.CPU)
            values = FinitePoints.Mark(values, points.Coordinates, points.Mask);
        if (samples > 1) values = values.repeat_interleave(samples, 1);
        return values.contiguous();
    }

    /// <summary>Requires coordinates (g, n, D), values (b, n, c) and a mask (g, n) that fit each other and the group.
    /// </summary>
    internal static void Check(LieGroup group, PointSet points)
    {
        var (coordinates, values) = (points.Coordinates, points.Values);
        Guard.HasShape(coordinates, nameof(points.Coordinates), "(g, n, D)", null, null, group.PointDim);
        Guard.IsFloating(coordinates, nameof(points.Coordinates));
        var n = coordinates.shape[1];
        if (n == 0)
            throw new ArgumentException("The point sets are empty: Coordinates has shape (g, 0, D); expected n >= 1.");
        Guard.HasShape(values, nameof(points.Values), "(b, n, c)", null, n, null);
        Guard.OnDeviceOf(values, nameof(points.Values), coordinates);
        var g = coordinates.shape[0];
        if (g == 0 || values.shape[0] % g != 0 || values.shape[0] == 0)
            throw new ArgumentException(
                $"Values has {values.shape[0]} items and Coordinates {g} geometries; " +
                "expected as many, or 1 geometry for all.");
        if (points.Mask is not null)
        {
            Guard.HasShape(points.Mask, nameof(points.Mask), "(g, n)", g, n);
            if (points.Mask.dtype != ScalarType.Bool)
                throw new ArgumentException($"Mask has dtype {points.Mask.dtype}; expected Bool.");
            Guard.OnDeviceOf(points.Mask, nameof(points.Mask), coordinates);
        }
        FinitePoints.Check(coordinates, points.Mask, nameof(points.Coordinates));
    }
}
