namespace LieConv.Datasets.Molecules;

/// <summary>What a file declares of a molecule and a prediction does not see, so that people are told.</summary>
/// <param name="Molecule">Its number in the file, from 1.</param>
/// <param name="Text">What it is, and what is done with it.</param>
public sealed record MoleculeNote(int Molecule, string Text)
{
    /// <summary>Of molecules with a lattice, or a direction that repeats.</summary>
    internal const string Periodic = "periodic, predicted as isolated";

    /// <summary>Of molecules that lack hydrogens.</summary>
    internal const string WithoutHydrogens = "no hydrogens, though the bonds leave room for some";

    /// <summary>Of charged molecules.</summary>
    internal static string OfCharge(int charge) => FormattableString.Invariant(
        $"net charge {charge:+0;-0}, the network learnt neutral molecules");

    /// <summary>Notes of a file in as few lines as there are different ones.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="notes">The notes.</param>
    /// <returns>A line for each text: 'FILE: molecules 1-3, 7: TEXT.'</returns>
    public static IReadOnlyList<string> Lines(string file, IEnumerable<MoleculeNote> notes) =>
        [.. notes.GroupBy(note => note.Text).Select(group => $"{file}: {Numbers([.. group.Select(note => note.Molecule)])}: {group.Key}.")];

    private static string Numbers(int[] molecules)
    {
        Array.Sort(molecules);
        var ranges = new List<string>();
        for (var (first, i) = (0, 1); i <= molecules.Length; i++)
        {
            if (i < molecules.Length && molecules[i] == molecules[i - 1] + 1) continue;
            ranges.Add(i - first == 1 ? $"{molecules[first]}" : $"{molecules[first]}-{molecules[i - 1]}");
            first = i;
        }

        return (molecules.Length == 1 ? "molecule " : "molecules ") + string.Join(", ", ranges);
    }
}
