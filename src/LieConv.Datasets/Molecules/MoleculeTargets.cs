namespace LieConv.Datasets.Molecules;

/// <summary>
/// The targets of QM9. Energies are in Hartree in the files and in meV in a set, by the original's 1 Hartree =
/// 27.2114 eV. Free-atom values of zpve, U0, U, H, G and Cv are subtracted in the file's unit, before the conversion.
/// alpha, Cv, zpve, U0, U, H, G and r2 grow with the molecule; mu, homo, lumo, gap and omega1 do not.
/// </summary>
public static class MoleculeTargets
{
    /// <summary>Milli-electronvolts in a Hartree, the original's digits.</summary>
    public const double MilliElectronVoltsPerHartree = 27211.4;

    /// <summary>The twelve targets of the published tables, in their order.</summary>
    public static IReadOnlyList<MoleculeTarget> Qm9 { get; } =
    [
        Plain("alpha", "isotropic polarizability", "bohr^3", extensive: true),
        Energy("gap", "gap between HOMO and LUMO"),
        Energy("homo", "energy of the highest occupied orbital"),
        Energy("lumo", "energy of the lowest unoccupied orbital"),
        Plain("mu", "dipole moment", "Debye"),
        Plain("Cv", "heat capacity at 298.15 K", "cal/(mol K)", extensive: true) with { SubtractsFreeAtoms = true },
        Thermal("G", "free energy at 298.15 K"),
        Thermal("H", "enthalpy at 298.15 K"),
        Plain("r2", "electronic spatial extent", "bohr^2", extensive: true),
        Thermal("U", "internal energy at 298.15 K"),
        Thermal("U0", "internal energy at 0 K"),
        Thermal("zpve", "zero point vibrational energy"),
    ];

    /// <summary>
    /// All numbers that a QM9 file gives for a molecule, in the file's order; then omega1, the largest frequency.
    /// </summary>
    public static IReadOnlyList<MoleculeTarget> Qm9File { get; } =
    [
        Plain("A", "first rotational constant", "GHz"), Plain("B", "second rotational constant", "GHz"),
        Plain("C", "third rotational constant", "GHz"), Known("mu"), Known("alpha"), Known("homo"), Known("lumo"),
        Known("gap"), Known("r2"), Known("zpve"), Known("U0"), Known("U"), Known("H"), Known("G"), Known("Cv"),
        Plain("omega1", "largest vibrational frequency", "cm^-1"),
    ];

    /// <summary>The atomization energy of QM7 and the energy of a frame of MD17.</summary>
    public static MoleculeTarget MolecularEnergy { get; } =
        Plain("energy", "energy", "kcal/mol", extensive: true);

    /// <summary>Names of <see cref="Qm9File"/>.</summary>
    internal static IReadOnlyList<string> Qm9FileNames { get; } = [.. Qm9File.Select(target => target.Name)];

    /// <summary>Finds a target by its name, in whatever case.</summary>
    /// <returns>The target, or null if there is none of that name.</returns>
    public static MoleculeTarget? TryFind(string name) => Qm9File.Append(MolecularEnergy)
        .FirstOrDefault(target => string.Equals(target.Name, name, StringComparison.OrdinalIgnoreCase));

    private static MoleculeTarget Known(string name) => Qm9.First(target => target.Name == name);

    private static MoleculeTarget Plain(string name, string description, string unit, bool extensive = false) =>
        new(name, description, unit, unit, 1, SubtractsFreeAtoms: false, extensive);

    private static MoleculeTarget Energy(string name, string description) =>
        new(name, description, "meV", "Hartree", MilliElectronVoltsPerHartree, SubtractsFreeAtoms: false, false);

    private static MoleculeTarget Thermal(string name, string description) =>
        Energy(name, description) with { SubtractsFreeAtoms = true, IsExtensive = true };
}
