using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>How a coordinate subgroup lifts points, and what it leaves invariant.</summary>
internal abstract class SubgroupLift
{
    /// <summary>Numbers that tell the orbits of the subgroup.</summary>
    public abstract int OrbitDim { get; }

    /// <summary>Whether the subgroup has elements that fix the origin of an orbit.</summary>
    public abstract bool HasStabilizer { get; }

    /// <summary>Whether nothing needs to be drawn in a framed lift.</summary>
    public abstract bool HasFrames { get; }

    /// <summary>The subgroup's motions; null where they are others, or not known.</summary>
    public abstract CoordinateMotions? Motions { get; }

    /// <summary>Lifts points (g, n, D) to elements in the parent's form (g, n·s, e) and orbits (g, n·s, q).</summary>
    public abstract LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws);

    /// <summary>Origins (..., D) of orbits (..., q); null where they are not known.</summary>
    public abstract Tensor? Origins(Tensor orbits);

    /// <summary>Uniform elements of the stabilizer in the parent's form, shape (shape..., e).</summary>
    public abstract Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws);

    /// <summary>The distance, shape (...).</summary>
    /// <param name="log">Logarithms in the kept components, shape (..., d).</param>
    /// <param name="offset">Differences of the orbits, shape (..., q); null where q = 0.</param>
    /// <param name="alpha">Weight of the group (or rotational) part.</param>
    public abstract Tensor Distance(Tensor log, Tensor? offset, double alpha);
}
