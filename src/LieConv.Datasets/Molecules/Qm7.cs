using System.Globalization;
using System.Text;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>QM7: some 7,000 molecules of up to seven C, N, O, S atoms with hydrogen, and their atomization energies.
/// </summary>
public static class Qm7
{
    /// <summary>The folder below the data folder.</summary>
    public const string Folder = "qm7";

    /// <summary>Name of the list of energies.</summary>
    internal const string EnergyName = "hof_qm7.txt";
    /// <summary>Names of what holds the molecules, the published one first.</summary>
    internal static readonly string[] Bundles = ["qm7_xyz.tar.bz2", "qm7_xyz.tar.gz", "qm7_xyz.tar", "qm7_xyz", "qm7"];

    /// <summary>Looks in a data folder and its subfolder 'qm7': both files of one folder, and where none has both, what
    /// there is.</summary>
    internal static (string? Bundle, string? Energies) Find(string dataRoot)
    {
        (string? Bundle, string? Energies) part = default;
        foreach (var folder in new[] { Path.Combine(dataRoot, Folder), dataRoot })
        {
            // A folder named qm7 within the data folder is where the files are looked for, not yet one of molecules.
            var bundle = Bundles.Select(name => Path.Combine(folder, name))
                .FirstOrDefault(path => File.Exists(path) || IsOfMolecules(path));
            var energies = Path.Combine(folder, EnergyName);
            if (File.Exists(energies) && bundle is not null) return (bundle, energies);
            part = (part.Bundle ?? bundle, part.Energies ?? (File.Exists(energies) ? energies : null));
        }
        return part;
    }

    private static bool IsOfMolecules(string path) =>
        Directory.Exists(path) && Directory.EnumerateFiles(path, "*.xyz").Any();

    /// <summary>Loads the molecules from a data folder or its subfolder 'qm7'.</summary>
    /// <param name="dataRoot">The folder.</param>
    /// <param name="elements">
    /// Nuclear charges to keep: molecules with others are left out; all are kept if null. QM9's are 1, 6, 7, 8, 9.
    /// </param>
    /// <exception cref="InvalidDataException">The files are not there, or one is damaged.</exception>
    public static MoleculeSet Load(string dataRoot, IReadOnlyCollection<byte>? elements = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataRoot);
        var (bundle, energies) = Find(dataRoot);
        if (bundle is not null && energies is not null) return Read(bundle, energies, elements);
        throw new InvalidDataException($"The data folder '{dataRoot}' holds no QM7: expected {Bundles[0]} and " +
            $"{EnergyName} in {Path.Combine(dataRoot, Folder)}.");
    }

    /// <summary>Reads an archive or a folder of NNNN.xyz files and the list of their energies.</summary>
    /// <param name="molecules">The archive or folder.</param>
    /// <param name="energies">A line for each molecule with file name and energy in kcal/mol.</param>
    /// <param name="elements">Nuclear charges to keep; all if null.</param>
    /// <returns>The molecules by ascending number, with the target 'energy' in kcal/mol.</returns>
    public static MoleculeSet Read(string molecules, string energies, IReadOnlyCollection<byte>? elements = null)
    {
        var known = ReadEnergies(energies);
        var builder = new MoleculeSetBuilder([MoleculeTargets.MolecularEnergy.Name]);
        var seen = new HashSet<int>();
        FileBundle.Visit(molecules, (name, content) =>
        {
            var source = $"{molecules}, {name}";
            if (!int.TryParse(Path.GetFileNameWithoutExtension(name), NumberStyles.None, null, out var id))
                throw new InvalidDataException($"{source}: does not belong there: expected files NNNN.xyz only.");
            if (!seen.Add(id)) throw new InvalidDataException($"{source}: is there twice; expected once.");
            if (!known.TryGetValue(name, out var energy))
                throw new InvalidDataException($"{source}: has no energy; expected a line with its name in {energies}.");
            var molecule = XyzFile.Read(content, source);
            if (molecule.Count != 1)
                throw new InvalidDataException($"{source}: holds {molecule.Count} molecules; expected one.");
            if (elements is null || molecule.Species.All(elements.Contains))
                builder.Add(id, molecule.Charges, molecule.Positions, [energy]);
        });
        if (seen.Count != known.Count)
            throw new InvalidDataException(
                $"{molecules}: holds {seen.Count} molecules; expected the {known.Count} of {energies}.");
        return builder.Build(sortById: true);
    }

    /// <summary>Reads the list of energies in kcal/mol by the names of the molecules' files.</summary>
    internal static Dictionary<string, double> ReadEnergies(string path) => DataFile.Read(path, stream =>
    {
        const string expected = "a file name and an energy";
        var known = new Dictionary<string, double>();
        var lines = new TextLines(TextFile.Read(stream, path), path);
        for (lines.SkipBlankLines(); !lines.AtEnd; lines.SkipBlankLines())
        {
            var line = lines.Next(expected);
            var fields = new TextFields(line);
            if (!fields.Next(out var name) || !fields.NextNumber(out var energy)) throw lines.Fault(expected, line);
            if (!known.TryAdd(Encoding.Latin1.GetString(name), energy))
                throw lines.Fault("a name that was not there before", name);
        }

        return known;
    });
}
