namespace LieConv.Molecules;

/// <summary>Where a network takes the rotations from that complete the lift of an atom.</summary>
public enum FrameChoice
{
    /// <summary>Random draws, as the original does.</summary>
    Sampled,

    /// <summary>Frames that turn with the molecule: nothing is drawn. A frame jumps where its direction vanishes. Frames
    /// of single atoms of a planar molecule lie half a turn apart, where the logarithm jumps: in SE3 the atoms should
    /// share one (<see cref="MolecularNetworkOptions.SharedLift"/>).</summary>
    Framed,

    /// <summary>The mean over several frames of the whole molecule, weighted so that it is continuous; in SE3
    /// only.</summary>
    Weighted,
}
