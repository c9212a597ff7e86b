namespace LieConv.Groups;

/// <summary>Marks a group that is all rotations and translations of its space, so that a set as a whole may be turned
/// into a frame of its own (docs/maths.md, Weighted frames).</summary>
/// <remarks>Subgroups do not have it, not even those of all coordinates: they keep the one frame of
/// <see cref="LiftOptions.Framed"/>.</remarks>
internal interface IRigidMotions;
