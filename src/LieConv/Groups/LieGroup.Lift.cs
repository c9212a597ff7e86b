using LieConv.Numerics;
using LieConv.Randomness;
using static LieConv.Groups.HalfTypes;
using static TorchSharp.torch;

namespace LieConv.Groups;

// Points and the group: stabilizers, motions, lifts.
public abstract partial class LieGroup
{
    /// <summary>Whether several lifts of one point differ, that is, whether the stabilizer is non-trivial.</summary>
    public abstract bool HasStabilizer { get; }

    /// <summary>Whether <see cref="LiftOptions.Framed"/> lifts points: the group takes stabilizer elements from frames
    /// of the points, or has a trivial stabilizer.</summary>
    public abstract bool HasFrames { get; }

    /// <summary>The group's motions, as far as they are rotations, translations and scalings of coordinates: what lets
    /// networks see sets from frames of their own (weighted frames), and tells whether they see differences of
    /// positions only. Checked by the law "declared motions are those of the action".</summary>
    /// <value>What a group that is <see cref="IKnownMotions"/> says of itself; null: other motions, or not known.</value>
    public CoordinateMotions? Motions => (this as IKnownMotions)?.KnownMotions;

    /// <summary>Whether <see cref="Motions"/> hold all translations, so that relative coordinates depend on differences
    /// of positions only.</summary>
    public bool HoldsTranslations => Motions is { } motions && motions.Translated.Distinct().Count() == PointDim;

    /// <summary>Lifts points: group elements u with u·o = x for the origin o of the point's orbit.</summary>
    /// <param name="points">Points, shape (g, n, D).</param>
    /// <param name="mask">True for points and false for padding, boolean, shape (g, n); null where nothing is padded.
    /// Padding is lifted, too, but has no influence on the other points.</param>
    /// <param name="options">Lifts a point, and where their stabilizer elements come from.</param>
    /// <param name="draws">Source of the stabilizer draws; not used in a framed lift.</param>
    /// <returns>Elements (g, n·s, e) and orbits (g, n·s, q), the s lifts of a point side by side.</returns>
    public LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        GroupGuard.Lift(points, mask, options, this);
        using var scope = NewDisposeScope();
        return scope.Keep(Narrow(LiftCore(Wide(points), mask, options, draws), points.dtype));
    }

    /// <summary>Lifts points of sets without padding.</summary>
    /// <param name="points">Points, shape (g, n, D).</param>
    /// <param name="options">Lifts a point, and where their stabilizer elements come from.</param>
    /// <param name="draws">Source of the stabilizer draws; not used in a framed lift.</param>
    /// <returns>Elements (g, n·s, e) and orbits (g, n·s, q), the s lifts of a point side by side.</returns>
    public LiftedElements Lift(Tensor points, LiftOptions options, Draws draws) => Lift(points, null, options, draws);

    /// <summary>Elements drawn uniformly from the stabilizer of the origin; the identity where it is trivial.</summary>
    /// <param name="shape">Leading shape of the result.</param>
    /// <param name="dtype">Element type of the result.</param>
    /// <param name="device">Device of the result.</param>
    /// <param name="draws">Source of the draws.</param>
    /// <returns>Elements, shape (shape..., e).</returns>
    public Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws)
    {
        Guard.Draw(shape, dtype, device);
        ArgumentNullException.ThrowIfNull(draws);
        using var scope = NewDisposeScope();
        var wide = HalfTypes.Contain(dtype) ? ScalarType.Float32 : dtype;
        return scope.MoveToOuter(Narrow(SampleStabilizerCore(shape, wide, device, draws), dtype));
    }

    /// <summary>Points of the group's domain from any numbers, both (..., D): where laws take their points from. The
    /// numbers themselves, for groups that act on all of R^D; others are <see cref="IOwnDomain"/>.</summary>
    public Tensor ToDomain(Tensor numbers)
    {
        Guard.LastDimension(numbers, PointDim, Name, nameof(numbers));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow((this as IOwnDomain)?.FromNumbers(Wide(numbers)) ?? Wide(numbers).alias(), numbers.dtype));
    }

    /// <summary><see cref="Lift(Tensor, Tensor?, LiftOptions, Draws)"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws);

    /// <summary><see cref="SampleStabilizer"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws);
}
