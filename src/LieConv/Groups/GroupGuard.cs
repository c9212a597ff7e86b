using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Checks of what is given to a group: its elements, its orbits, the points that it lifts.</summary>
internal static class GroupGuard
{
    /// <summary>Requires elements (..., e) and, where the group has several orbits, orbits (..., q) of one element
    /// type.</summary>
    public static void Elements(LiftedElements points, LieGroup group, string name)
    {
        Guard.LastDimension(points.Elements, group.ElementDim, group.Name, name);
        if (group.OrbitDim == 0) return;
        if (points.Orbits is not { } orbits)
            throw new ArgumentException(
                $"{name} of {group.Name} has no orbits; expected shape (..., {group.OrbitDim}).", name);
        Guard.LastDimension(orbits, group.OrbitDim, group.Name, name);
        Guard.Broadcast(points.Elements, orbits, group.Name, $"elements and orbits of {name}");
        if (!orbits.shape.AsSpan(..^1).SequenceEqual(points.Elements.shape.AsSpan(..^1)))
            throw new ArgumentException(
                $"{name} of {group.Name} has elements {Guard.Text(points.Elements.shape)} and orbits {Guard.Text(orbits.shape)}; " +
                "expected the same leading dimensions.", name);
    }

    /// <summary>Requires queries (g, m, ·) and neighbours (g, n, ·) of as many geometries, or of one.</summary>
    public static void SameGeometries(LiftedElements queries, LiftedElements support, string owner)
    {
        var (u, v) = (queries.Elements, support.Elements);
        if (u.dim() != 3 || v.dim() != 3 || (u.shape[0] != v.shape[0] && u.shape[0] != 1 && v.shape[0] != 1))
            throw new ArgumentException(
                $"queries and support of {owner} have shapes {Guard.Text(u.shape)} and {Guard.Text(v.shape)}; " +
                "expected (g, m, e) and (g, n, e).");
        if (u.dtype != v.dtype)
            throw new ArgumentException(
                $"queries and support of {owner} have dtypes {u.dtype} and {v.dtype}; expected the same.");
        Guard.OnDeviceOf(v, nameof(support), u);
    }

    /// <summary>Requires finite points (g, n, D), a mask (g, n), and options that the group can meet.</summary>
    public static void Lift(Tensor points, Tensor? mask, LiftOptions options, LieGroup group)
    {
        Guard.HoldsNumbers(points, nameof(points));
        ArgumentNullException.ThrowIfNull(options);
        var shape = points.shape;
        if (shape.Length != 3 || shape[2] != group.PointDim)
            throw new ArgumentException(
                $"{group.Name} lifts points of shape (g, n, {group.PointDim}), not {Guard.Text(shape)}.", nameof(points));
        Guard.Floating(points, group.Name, nameof(points));
        if (mask is not null)
        {
            Guard.HasShape(mask, nameof(mask), "(g, n)", shape[0], shape[1]);
            if (mask.dtype != ScalarType.Bool)
                throw new ArgumentException($"mask has dtype {mask.dtype}; expected Bool.", nameof(mask));
            Guard.OnDeviceOf(mask, nameof(mask), points);
        }
        FinitePoints.Check(points, mask, nameof(points));
        if (options.Samples < 1)
            throw new ArgumentException(
                $"LiftOptions.Samples is {options.Samples}; expected 1 or more.", nameof(options));
        if (options.Samples > 1 && !group.HasStabilizer)
            throw new ArgumentException(
                $"LiftOptions.Samples is {options.Samples}, but {group.Name} lifts every point in one way only; " +
                "expected 1.", nameof(options));
        if (options.Framed && !group.HasFrames)
            throw new ArgumentException(
                $"LiftOptions.Framed is true, but {group.Name} has no frames; expected false, or a group such as SE2.",
                nameof(options));
    }
}
