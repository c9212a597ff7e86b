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

    /// <summary>Finds the file of a molecule, for example ethanol, in a data folder or its subfolder 'md17'.</summary>
    /// <returns>The path, or null where there is none.</returns>
    public static string? Find(string dataRoot, string molecule)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataRoot);
        ArgumentException.ThrowIfNullOrEmpty(molecule);
        string[] folders = ["", Folder, Path.Combine(Folder, "md17_layout"), "rmd17"];
        string[] names = [molecule, $"{molecule}_dft", $"{molecule}_old_dft", $"md17_{molecule}", $"rmd17_{molecule}"];
        return folders.SelectMany(folder => names.Select(name => Path.Combine(dataRoot, folder, name + ".npz")))
            .FirstOrDefault(File.Exists);
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
            $"{path}: has no array '{name}' or '{otherName}'; it has {PrintableText.Of(string.Join(", ", archive.Names))}.");

    private static string Text(long[] shape) => $"({string.Join(", ", shape)})";
}
