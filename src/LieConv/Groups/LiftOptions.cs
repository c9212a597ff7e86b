namespace LieConv.Groups;

/// <summary>How points are lifted.</summary>
public sealed record LiftOptions
{
    /// <summary>One lift a point, drawn for each point.</summary>
    public static LiftOptions Default { get; } = new();

    /// <summary>Lifts a point; more than one only makes sense where the stabilizer is non-trivial.</summary>
    /// <value>1</value>
    public int Samples { get; init; } = 1;

    /// <summary>Whether all points of an item share the same stabilizer draws, or the frame of the item.</summary>
    /// <remarks>In SO3 they share directions to which their lifts turn, since no choice of rotations to the points
    /// turns with them. A <see cref="MatrixGroup"/> with a stabilizer refuses.</remarks>
    /// <value>false</value>
    public bool SharedAcrossPoints { get; init; }

    /// <summary>Whether stabilizer elements come from frames of the points instead of draws: a lift without randomness,
    /// and equivariant to round-off wherever the frames are defined (docs/maths.md, Framed lift).</summary>
    /// <value>false</value>
    public bool Framed { get; init; }

    /// <summary>Whether an even number of samples on a circle goes all the way round, and points without an azimuth
    /// (under SO2, RxSO2 and rotations about an axis) get the azimuth 0, as in the original. Then two
    /// lifts of a point lie half a turn apart, where the logarithm jumps and rounding decides, and central points do not
    /// turn with the others: the network is not equivariant even in distribution. Otherwise an even number is one short
    /// of the circle, and the azimuth of central points is drawn.</summary>
    /// <value>false</value>
    public bool OriginalSteps { get; init; }
}
