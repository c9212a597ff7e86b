namespace LieConv.Molecules;

/// <summary>Where a network takes the rotations from that complete the lift of an atom.</summary>
public enum FrameChoice
{
    /// <summary>Random draws, as the original does.</summary>
    Sampled,

    /// <summary>The same as <see cref="Weighted"/> where the group rotates, and allowed where it does not. Frames of
    /// single atoms, which this once meant, end where an atom's surroundings are symmetric.</summary>
    Framed,

    /// <summary>The mean over several frames of the whole molecule, weighted so that it is smooth and exactly invariant
    /// for every molecule: nothing is drawn (docs/maths.md, Weighted frames). For groups with rotations.</summary>
    Weighted,
}
