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
    /// <value>false</value>
    public bool SharedAcrossPoints { get; init; }

    /// <summary>Whether stabilizer elements come from frames of the points instead of draws: a lift without randomness,
    /// and equivariant to round-off wherever the frames are defined (docs/maths.md, Framed lift).</summary>
    /// <value>false</value>
    public bool Framed { get; init; }
}
