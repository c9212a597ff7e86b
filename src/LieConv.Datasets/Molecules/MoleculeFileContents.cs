namespace LieConv.Datasets.Molecules;

/// <summary>What a file of molecules holds: each molecule is there, or what is wrong with it is.</summary>
/// <param name="Molecules">Those that are right, without targets; their ids are their numbers in the file, from 1.</param>
/// <param name="Faults">A sentence for each of the others, with file and line.</param>
/// <param name="Notes">What the file declares and a prediction does not see.</param>
public sealed record MoleculeFileContents(
    MoleculeSet Molecules, IReadOnlyList<string> Faults, IReadOnlyList<MoleculeNote> Notes)
{
    /// <summary>The molecules, where all are right.</summary>
    /// <exception cref="InvalidDataException">One is not, or there is none.</exception>
    internal MoleculeSet RequireWhole(string name) =>
        Faults.Count > 0 ? throw new InvalidDataException(Faults[0])
        : Molecules.Count > 0 ? Molecules
        : throw new InvalidDataException($"{name}: holds no molecule.");
}
