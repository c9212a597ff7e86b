using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// Values of free atoms (QM9's atomref.txt): what a molecule's atoms would have apart from each other. The rest is
/// what the bonds change, which is what a network has to learn.
/// </summary>
public sealed class AtomReferences
{
    /// <summary>The columns of the file after the element.</summary>
    private static readonly string[] Columns = ["zpve", "U0", "U", "H", "G", "Cv"];

    private readonly Dictionary<string, double[]> _values;

    /// <summary>Takes values by target.</summary>
    /// <param name="values">For each target the value of a free atom, by nuclear charge; NaN where not known.</param>
    public AtomReferences(IReadOnlyDictionary<string, double[]> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = new Dictionary<string, double[]>(values, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The values of QM9's own file, which the library carries.</summary>
    public static AtomReferences Qm9
    {
        get
        {
            using var stream = MoleculeResources.Open(MoleculeResources.AtomReferences);
            return Read(MoleculeResources.ReadAll(stream), MoleculeResources.AtomReferences);
        }
    }

    /// <summary>Reads atomref.txt: a line for each element with zpve, U0, U, H, G in Hartree and Cv in cal/(mol K).
    /// </summary>
    /// <exception cref="InvalidDataException">It cannot be read, or a line is not as described.</exception>
    public static AtomReferences Read(string path) => DataFile.Read(path,
        stream => Read(TextFile.Read(stream, path), path));

    /// <summary>Whether there are values for a target.</summary>
    public bool Has(string target) => _values.ContainsKey(target);

    /// <summary>Sum of the free atoms' values over the atoms of a molecule.</summary>
    /// <param name="charges">Nuclear charges; 0 is padding.</param>
    /// <param name="target">Name of the target.</param>
    /// <exception cref="ArgumentException">There is no value for the target or for an element.</exception>
    public double SumOf(ReadOnlySpan<byte> charges, string target)
    {
        if (!_values.TryGetValue(target, out var values))
            throw new ArgumentException($"There are no free-atom values of '{target}'.", nameof(target));
        Span<int> counts = stackalloc int[256];
        foreach (var charge in charges) counts[charge]++;
        var sum = 0.0;
        for (var charge = 1; charge < counts.Length; charge++)
        {
            if (counts[charge] == 0) continue;
            if (charge >= values.Length || double.IsNaN(values[charge]))
                throw new ArgumentException(
                    $"There is no free-atom value of '{target}' for nuclear charge {charge}.", nameof(charges));
            sum += values[charge] * counts[charge];
        }

        return sum;
    }

    private static AtomReferences Read(ReadOnlySpan<byte> text, string name)
    {
        const string expected = "an element, zpve, U0, U, H, G and Cv";
        var values = Columns.ToDictionary(column => column, _ => NoValues());
        var lines = new TextLines(text, name);
        var elements = 0;
        while (!lines.AtEnd)
        {
            var line = lines.Next(expected);
            var fields = new TextFields(line);
            // Headings and rules stand around the table.
            if (!fields.Next(out var symbol) || Elements.TryRead(symbol) is not (> 0 and var charge)) continue;
            foreach (var column in Columns)
                if (!fields.NextNumber(out values[column][charge])) throw lines.Fault(expected, line);
            if (fields.Next(out _)) throw lines.Fault(expected, line);
            elements++;
        }

        return elements > 0
            ? new AtomReferences(values)
            : throw new InvalidDataException($"{name}: holds no line with {expected}.");
    }

    private static double[] NoValues()
    {
        var values = new double[256];
        Array.Fill(values, double.NaN);
        return values;
    }
}
