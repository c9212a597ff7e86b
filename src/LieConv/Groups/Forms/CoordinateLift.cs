using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>
/// Subgroups of a commutative group whose lift is its logarithm: the coordinates left out are invariant and tell the
/// orbit.
/// </summary>
/// <param name="parent">The group, with as many numbers in an element as in a tangent.</param>
/// <param name="kept">The subgroup's coordinates.</param>
/// <param name="periodic">The coordinate that is an angle, if any: its differences are wrapped.</param>
/// <param name="motions">The subgroup's motions; null where they are others, or not known.</param>
internal sealed class CoordinateLift(
    LieGroup parent, IReadOnlyList<int> kept, int? periodic, CoordinateMotions? motions) : SubgroupLift
{
    private readonly int[] _others = [.. Enumerable.Range(0, parent.AlgebraDim).Except(kept)];

    public override int OrbitDim => _others.Length;

    public override bool HasStabilizer => false;

    public override bool HasFrames => true;

    public override CoordinateMotions? Motions => motions;

    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        // Nothing is to be drawn of an angle that tells the orbit: the subgroup turns nothing.
        var source = periodic is { } angle && !kept.Contains(angle) ? new Unturned(draws) : draws;
        var columns = parent.Lift(points, mask, options, source).Elements.split(1, -1);
        var elements = columns.Select((column, i) => kept.Contains(i) ? column : zeros_like(column));
        var orbits = _others.Length == 0 ? null : cat([.. _others.Select(i => columns[i])], -1);
        return new LiftedElements(cat([.. elements], -1), orbits);
    }

    /// <summary>Where the coordinates left out carry the parent's origin.</summary>
    public override Tensor? Origins(Tensor orbits)
    {
        if ((parent as IOrbitOrigins)?.Origins(orbits.narrow(-1, 0, 0)) is not { } origin) return null;
        if (_others.Length == 0) return origin;
        var columns = Enumerable.Range(0, parent.AlgebraDim).Select(i => Array.IndexOf(_others, i));
        return parent.Act(OrbitOrigins.Placed(orbits, columns), origin);
    }

    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        parent.SampleStabilizer(shape, dtype, device, draws);

    public override Tensor Distance(Tensor log, Tensor? offset, double alpha)
    {
        var distance = Polar.Length(log) * Scalars.Of(alpha);
        if (offset is null) return distance;
        if (_others.Contains(periodic ?? -1))
        {
            var columns = offset.split(1, -1);
            offset = cat([.. columns.Select((c, i) => _others[i] == periodic ? Polar.Wrap(c) : c)], -1);
        }
        return distance + Polar.Length(offset) * Scalars.Of(1 - alpha);
    }
}
