using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Subgroups of rigid motions: rotations about at most one axis, and translations.</summary>
/// <remarks>
/// <para>Without a rotation the coordinates that no translation moves tell the orbit. With a rotation about an axis but
/// without the translations across it, points are lifted to their azimuth about the axis, and their distance from the
/// axis tells the orbit, as does their coordinate along it unless it is translated. With the translations across the
/// axis the rotations are the stabilizer and are drawn at random, or taken from frames of the points' places across
/// the axis.</para>
/// <para>The azimuth is counted from the next coordinate axis in cyclic order. Points within 1e-6 of the axis have none:
/// theirs is drawn, as in <see cref="SO2"/>.</para>
/// </remarks>
/// <param name="dimension">Dimension D of space, 2 or 3.</param>
/// <param name="axis">The rotation's axis; <see cref="PlaneAxis"/> in the plane; null without rotation.</param>
/// <param name="translated">The coordinates along which the subgroup translates.</param>
/// <param name="pack">An element from an angle (...) and a translation (..., D).</param>
/// <param name="rotations">Components of the logarithm that are rotations; they come first.</param>
internal sealed class RigidLift(
    int dimension, int? axis, IReadOnlyList<int> translated, Func<Tensor, Tensor, Tensor> pack, int rotations)
    : SubgroupLift
{
    /// <summary>The axis across the plane: its index is that of the third coordinate.</summary>
    public const int PlaneAxis = 2;

    private readonly int[] _across = axis is { } a ? [(a + 1) % 3, (a + 2) % 3] : [];

    private readonly int[] _fixed = [.. Enumerable.Range(0, dimension).Except(translated)];

    public override int OrbitDim => RotatesAboutLine ? _fixed.Length - 1 : _fixed.Length;

    public override bool HasStabilizer => axis is not null && !RotatesAboutLine;

    public override bool HasFrames => true;

    public override CoordinateMotions Motions => new(_across, translated);

    private bool RotatesAboutLine => axis is not null && !translated.Contains(_across[0]);

    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var columns = points.unsqueeze(2).expand(-1, -1, options.Samples, -1).flatten(1, 2).split(1, -1);
        var shift = cat([.. columns.Select((c, i) => translated.Contains(i) ? c : zeros_like(c))], -1);
        var orbits = _fixed.Where(i => !(RotatesAboutLine && _across.Contains(i))).Select(i => columns[i]).ToList();
        var angle = zeros_like(columns[0]).squeeze(-1);
        if (HasStabilizer)
        {
            angle = options.Framed
                ? Frames.CircleLifts(cat([.. _across.Select(i => points.narrow(-1, i, 1))], -1), mask, options, draws)
                : StabilizerDraws.CircleLifts(points, options, draws);
            angle = angle.flatten(1, 2);
        }
        if (RotatesAboutLine)
        {
            var (x, y) = (columns[_across[0]], columns[_across[1]]);
            (x, y) = (x.squeeze(-1), y.squeeze(-1));
            angle = Azimuths.Compute(x, y, Azimuths.AtCentre(x, y), mask, options, draws);
            orbits.Add(Polar.SquareRoot(x * x + y * y).unsqueeze(-1));
        }
        return new LiftedElements(pack(angle, shift), orbits.Count == 0 ? null : cat([.. orbits], -1));
    }

    public override Tensor Origins(Tensor orbits)
    {
        if (OrbitDim == 0) return OrbitOrigins.AllAt(orbits, new double[dimension]);
        var told = _fixed.Where(i => !(RotatesAboutLine && _across.Contains(i))).ToList();
        return OrbitOrigins.Placed(orbits, Enumerable.Range(0, dimension).Select(i =>
            RotatesAboutLine && i == _across[0] ? told.Count : told.IndexOf(i)));
    }

    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws)
    {
        var angle = HasStabilizer ? draws.Angles(shape, dtype, device) : zeros(shape, dtype: dtype, device: device);
        return pack(angle, zeros([.. shape, dimension], dtype: dtype, device: device));
    }

    /// <summary>alpha · |rotation| + (1 - alpha) · |translation and difference of orbits|.</summary>
    public override Tensor Distance(Tensor log, Tensor? offset, double alpha)
    {
        var (turn, shift) = (log.narrow(-1, 0, rotations), log.narrow(-1, rotations, log.shape[^1] - rotations));
        var rest = offset is null ? shift : cat([shift, offset], -1);
        return Polar.Length(turn) * Scalars.Of(alpha) + Polar.Length(rest) * Scalars.Of(1 - alpha);
    }
}
