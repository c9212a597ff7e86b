using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// MD17 and rMD17: frames of one molecule in motion with energies and forces, as .npz. Arrays are E, F, R, z in MD17 and
/// energies, forces, coords, nuclear_charges in rMD17; others are not looked at.
/// </summary>
public static class Md17
{
    /// <summary>The folder below the data folder.</summary>
    public const string Folder = "md17";

    /// <summary>Many more than the molecules of any such file have.</summary>
    private const int MostAtoms = 100_000;

    /// <summary>The molecules of MD17 and rMD17.</summary>
    public static IReadOnlyList<string> Molecules { get; } =
    [
        "aspirin", "azobenzene", "benzene", "ethanol", "malonaldehyde", "naphthalene", "paracetamol", "salicylic",
        "toluene", "uracil",
    ];

    private static readonly string[] Folders = ["", Folder, Path.Combine(Folder, "md17_layout"), "rmd17"];

    /// <summary>What files are called, {0} being the molecule.</summary>
    private static readonly string[] Names = ["{0}", "{0}_dft", "{0}_old_dft", "md17_{0}", "rmd17_{0}"];

    /// <summary>Finds the file of a molecule, for example ethanol, in a data folder or its subfolder 'md17'.</summary>
    /// <returns>The path, or null where there is none.</returns>
    public static string? Find(string dataRoot, string molecule)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataRoot);
        ArgumentException.ThrowIfNullOrEmpty(molecule);
        return Folders.SelectMany(folder => Names.Select(name => Path.Combine(
                dataRoot, folder, name.Replace("{0}", molecule, StringComparison.Ordinal) + ".npz")))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The molecules that have a file where <see cref="Find"/> looks, in order; in the data folder itself, which
    /// holds other files, too, only those of <see cref="Molecules"/>.</summary>
    public static IReadOnlyList<string> FindAll(string dataRoot)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataRoot);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in Folders)
        {
            var path = Path.Combine(dataRoot, folder);
            if (!Directory.Exists(path)) continue;
            found.UnionWith(Directory.EnumerateFiles(path, "*.npz")
                .Select(file => MoleculeOf(Path.GetFileNameWithoutExtension(file)))
                .Where(molecule => folder.Length > 0 || Molecules.Contains(molecule)));
        }
        return [.. found];
    }

    /// <summary>The molecule that a file is called after: the longest that stands around it goes.</summary>
    private static string MoleculeOf(string name)
    {
        foreach (var (before, after) in Names.OrderByDescending(pattern => pattern.Length)
                     .Select(pattern => pattern.Split("{0}")).Select(parts => (parts[0], parts[1])))
            if (name.Length > before.Length + after.Length && name.StartsWith(before, StringComparison.Ordinal) &&
                name.EndsWith(after, StringComparison.Ordinal))
                return name[before.Length..^after.Length];
        return name;
    }

    /// <summary>Reads all frames.</summary>
    /// <param name="path">The .npz file.</param>
    /// <returns>
    /// A molecule for each frame, numbered from 1 on: positions in Angstrom, the target 'energy' in kcal/mol, forces in
    /// kcal/(mol Angstrom).
    /// </returns>
    /// <exception cref="InvalidDataException">It cannot be read, its arrays do not fit together, a number is not finite,
    /// or a frame has no forces.</exception>
    public static MoleculeSet Read(string path) => NpzFile.Read(path, archive =>
    {
        // Shapes are compared before memory is taken for the numbers.
        var charges = Charges(Require(archive, path, "z", "nuclear_charges", shape => RequireFew(shape, path)), path);
        var positions = Require(archive, path, "R", "coords", shape =>
        {
            if (shape is not [>= 1, var atoms, 3] || atoms != charges.Length)
                throw new InvalidDataException($"{path}: positions have shape {Text(shape)}; " +
                    $"expected (frames, {charges.Length}, 3), as there are {charges.Length} nuclear charges.");
            if (shape[0] * atoms * 3 > Array.MaxLength / sizeof(double))
                throw new InvalidDataException($"{path}: has {shape[0]} frames, more than can be held.");
        });
        var frames = positions.Shape[0];
        var energies = Require(archive, path, "E", "energies", shape =>
        {
            if (shape is not ([_] or [_, 1]) || shape[0] != frames)
                throw new InvalidDataException(
                    $"{path}: energies have shape {Text(shape)}; expected ({frames}) or ({frames}, 1).");
        });
        var forces = Require(archive, path, "F", "forces", shape =>
        {
            if (!shape.SequenceEqual(positions.Shape))
                throw new InvalidDataException($"{path}: forces have shape {Text(shape)}; " +
                    $"expected {Text(positions.Shape)}, as the positions.");
        });
        var (places, values, pulls) = (positions.ToDoubles(), energies.ToDoubles(), forces.ToDoubles());
        var numbers = new Md17Numbers(path, archive, (int)frames);
        numbers.RequireFinite(places, "R", "coords");
        numbers.RequireFinite(values, "E", "energies");
        numbers.RequireFinite(pulls, "F", "forces");
        numbers.RequireSome(pulls, "F", "forces");
        return Frames(charges, (int)frames, places, values, pulls);
    });

    private static MoleculeSet Frames(
        byte[] charges, int frames, double[] positions, double[] energies, double[] forces)
    {
        var offsets = new int[frames + 1];
        var all = new byte[frames * charges.Length];
        for (var i = 0; i < frames; i++)
        {
            offsets[i + 1] = (i + 1) * charges.Length;
            charges.CopyTo(all, i * charges.Length);
        }

        return new MoleculeSet(
            offsets, all, positions, [MoleculeTargets.MolecularEnergy.Name], energies,
            [.. Enumerable.Range(1, frames)], forces);
    }

    private static void RequireFew(long[] shape, string path)
    {
        if (shape is not [> 0 and <= MostAtoms])
            throw new InvalidDataException(
                $"{path}: nuclear charges have shape {Text(shape)}; expected one for each atom, at most {MostAtoms}.");
    }

    private static byte[] Charges(NpyFile array, string path)
    {
        var charges = array.ToDoubles();
        return Array.TrueForAll(charges, charge => charge is >= 1 and <= 118 && charge == Math.Floor(charge))
            ? Array.ConvertAll(charges, charge => (byte)charge)
            : throw new InvalidDataException($"{path}: nuclear charges must be whole numbers from 1 to 118.");
    }

    private static NpyFile Require(
        NpzFile archive, string path, string name, string otherName, Action<long[]>? check = null) =>
        archive.TryRead([name, otherName], check) ?? throw new InvalidDataException(
            $"{path}: has no array '{name}' or '{otherName}'; it has {PrintableText.Create(string.Join(", ", archive.Names))}.");

    private static string Text(long[] shape) => $"({string.Join(", ", shape)})";
}
