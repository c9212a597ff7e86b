namespace LieConv.Molecules;

/// <summary>Where a network takes the rotations from that complete the lift of an atom.</summary>
public enum FrameChoice
{
    /// <summary>Random draws, as the original does.</summary>
    Sampled,

    /// <summary>Frames of the molecule that turn with it: nothing is drawn. The frame jumps where its direction
    /// vanishes.</summary>
    Framed,

    /// <summary>The mean over several frames of the whole molecule, weighted so that it is continuous; in SE3
    /// only.</summary>
    Weighted,
}
