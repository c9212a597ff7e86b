namespace LieConv.Datasets.Molecules;

/// <summary>What a target is and how its values leave the file.</summary>
/// <param name="Name">Short name, as published tables have it.</param>
/// <param name="Description">What it is, in words.</param>
/// <param name="Unit">Unit of the values in a set.</param>
/// <param name="FileUnit">Unit of the values in the file.</param>
/// <param name="Factor">What values in the file's unit are multiplied with to come to <paramref name="Unit"/>.</param>
/// <param name="SubtractsFreeAtoms">Whether the free atoms' values (atomref.txt) are subtracted before that.</param>
/// <param name="IsExtensive">
/// Whether it grows with the molecule as a sum over atoms does, so that sum pooling is the natural choice; otherwise
/// it does not, and mean pooling is.
/// </param>
public sealed record MoleculeTarget(
    string Name, string Description, string Unit, string FileUnit, double Factor, bool SubtractsFreeAtoms,
    bool IsExtensive);
