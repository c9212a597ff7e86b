namespace LieConv.Datasets.Molecules;

/// <summary>Loaded molecules and where they come from.</summary>
/// <param name="Set">The molecules; targets in the units of <see cref="MoleculeTargets"/>.</param>
/// <param name="Description">What they are, for people.</param>
/// <param name="IsEmbeddedSample">Whether they are the sample inside the library.</param>
/// <param name="References">Values of free atoms that were subtracted, or null where none were.</param>
public sealed record MoleculeData(
    MoleculeSet Set, string Description, bool IsEmbeddedSample, AtomReferences? References = null);
