namespace LieConv.Datasets.Molecules;

/// <summary>Collects the molecules of a file with their faults and notes.</summary>
internal sealed class FoundMolecules
{
    private readonly MoleculeSetBuilder _molecules = new([]);
    private readonly List<string> _faults = [];
    private readonly List<MoleculeNote> _notes = [];

    /// <summary>Molecules so far, right or wrong.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a molecule.</summary>
    /// <param name="charges">Nuclear charges.</param>
    /// <param name="positions">x, y, z of each in Angstrom.</param>
    /// <param name="line">Where it begins.</param>
    /// <param name="file">Name of the file for messages.</param>
    /// <exception cref="InvalidDataException">Two atoms are in the same place.</exception>
    public void Add(byte[] charges, double[] positions, int line, string file)
    {
        if (AtomClash.Find(positions) is { } clash)
            throw new InvalidDataException(FormattableString.Invariant(
                $"{file}, line {line}: molecule {Count + 1} has atoms {clash.First + 1} ") + FormattableString.Invariant(
                $"({Elements.Symbol(charges[clash.First])}) and {clash.Second + 1} ({Elements.Symbol(charges[clash.Second])}) ") +
                FormattableString.Invariant(
                $"{clash.Distance:0.###} Angstrom apart; expected at least {AtomClash.Closest} Angstrom."));
        _molecules.Add(++Count, charges, positions, default);
    }

    /// <summary>Says something of the molecule last taken.</summary>
    public void Note(string text) => _notes.Add(new MoleculeNote(Count, text));

    /// <summary>Leaves a molecule out.</summary>
    /// <param name="fault">Why.</param>
    public void Refuse(string fault)
    {
        Count++;
        _faults.Add(fault);
    }

    /// <summary>All of it.</summary>
    public MoleculeFileContents ToContents() => new(_molecules.Build(), _faults, _notes);
}
