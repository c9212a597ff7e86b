using LieConv.Groups;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>
/// Functions of the distance r of two points, which kernel networks read beside or instead of log(v⁻¹u):
/// (1 - (r/c)²)³ cos(kπ r/c) for k = 0, 1, ..., and 0 from the cutoff c on.
/// </summary>
/// <remarks>
/// The distance follows from the relative coordinates alone, |log(v⁻¹u)·o(q_u) - o(q_v)| with the origins o of the orbits
/// (<see cref="IOrbitOrigins"/>): it is that of the space which a finder sees, and as invariant as they are. Everything is
/// a function of r², cosines through that of π r/c and Chebyshev's recurrence, so that derivatives of first and second order
/// are finite where points coincide, and continuous at the cutoff, where both vanish.
/// </remarks>
internal sealed class RadialFunctions
{
    private readonly LieGroup _group;
    private readonly int _count;
    private readonly double _cutoff;
    private readonly bool _isAlone;

    private RadialFunctions(LieGroup group, int count, double cutoff, bool isAlone) =>
        (_group, _count, _cutoff, _isAlone) = (group, count, cutoff, isAlone);

    /// <summary>Numbers that a kernel network reads for a pair.</summary>
    public int Inputs => _count + (_isAlone ? 0 : _group.RelativeDim);

    /// <summary>The functions.</summary>
    /// <param name="group">The group whose relative coordinates they are of.</param>
    /// <param name="count">How many; 0 for none.</param>
    /// <param name="cutoff">The distance from which they are 0, in the unit of the coordinates.</param>
    /// <param name="isAlone">Whether they stand instead of the relative coordinates.</param>
    /// <returns>Null for none.</returns>
    /// <exception cref="ArgumentException">If the group does not keep distances, or does not know origins.</exception>
    public static RadialFunctions? Create(LieGroup group, int count, double cutoff, bool isAlone)
    {
        if (count == 0) return null;
        if (group.Motions is { Scaled: true })
            throw new ArgumentException(
                $"RadialBasis is {count}, but {group} scales, so that distances of points are not invariant; expected 0, " +
                "or a group of rigid motions such as T2, SE2 or SE3.", nameof(group));
        using var scope = NewDisposeScope();
        var origins = (group as IOrbitOrigins)?.Origins(zeros([1, group.OrbitDim], dtype: ScalarType.Float64));
        return group.Motions is null || origins is null
            ? throw new ArgumentException(
                $"RadialBasis is {count}, but {group} is not known to keep distances of points; expected 0, or a group of " +
                "rigid motions such as T2, SE2 or SE3.", nameof(group))
            : new RadialFunctions(group, count, cutoff, isAlone);
    }

    /// <summary>What a kernel network reads: the relative coordinates, unless the functions stand alone, and then the
    /// functions.</summary>
    /// <param name="relative">Shape (..., d + 2q).</param>
    /// <returns>Shape (..., <see cref="Inputs"/>).</returns>
    public Tensor Extend(Tensor relative)
    {
        using var scope = NewDisposeScope();
        var functions = OfSquares(Squares(relative));
        return scope.MoveToOuter(cat(_isAlone ? functions : [relative, .. functions], -1));
    }

    /// <summary>Squared distances, shape (..., 1).</summary>
    internal Tensor Squares(Tensor relative)
    {
        var (d, q) = (_group.AlgebraDim, _group.OrbitDim);
        var origins = (IOrbitOrigins)_group;
        var (query, neighbour) = (relative.narrow(-1, d, q), relative.narrow(-1, d + q, q));
        var element = _group.Exp(relative.narrow(-1, 0, d));
        var difference = _group.Act(element, origins.Origins(query)!) - origins.Origins(neighbour)!;
        return difference.square().sum(-1, keepdim: true);
    }

    private List<Tensor> OfSquares(Tensor squares)
    {
        // Clamped, nothing flows from beyond the cutoff; at it both derivatives of the envelope vanish.
        var s = (squares / Scalars.Of(_cutoff * _cutoff)).clamp(Scalars.Of(0.0), Scalars.Of(1.0));
        var inside = Scalars.Of(1.0) - s;
        var envelope = inside * inside * inside;
        var cosine = SafeSeries.Cosine(s * Scalars.Of(Math.PI * Math.PI));
        var functions = new List<Tensor> { envelope };
        if (_count > 1) functions.Add(envelope * cosine);
        var twice = cosine * Scalars.Of(2.0);
        while (functions.Count < _count) functions.Add(twice * functions[^1] - functions[^2]);
        return functions;
    }
}
