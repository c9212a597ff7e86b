using LieConv.Randomness;

namespace LieConv.Datasets.Made;

/// <summary>Atoms that hang together like molecules, and the repulsion energy of their nuclei: Σ Z_i Z_j / r over all pairs,
/// in hartree. They obey no chemistry but the lengths of bonds.</summary>
internal sealed class SmallMolecules : MadeData
{
    /// <summary>Ångström in a bohr, the unit of length of the hartree (CODATA 2018).</summary>
    internal const double Bohr = 0.529177210903;

    /// <summary>Bonds between heavy atoms and to hydrogen, and what atoms keep apart at least, in ångström.</summary>
    private const double HeavyBond = 1.5, HydrogenBond = 1.1, Apart = 1.05;

    private const int Hydrogen = 1, Carbon = 6, Nitrogen = 7, Oxygen = 8;

    private const int Width = 5, MostHydrogens = 2;

    public override string Name => "molecules3d";

    public override string Description => "atoms with their atomic number, and the repulsion energy of the nuclei";

    public override IReadOnlyList<string> Columns { get; } = ["x", "y", "z", "element", "energy"];

    public override bool HasLabel => false;

    public override int UsualSets => 1000;

    public override int UsualPoints => 14;

    private protected override MadeSet Draw(SplitMix64 numbers, int set, int points)
    {
        var count = (int)Math.Round(points * numbers.Between(0.75, 1.25));
        var atoms = new double[count * Width];
        atoms[3] = Carbon;
        for (var i = 1; i < count; i++) Attach(numbers, atoms, i);
        var energy = 0.0;
        for (var i = 0; i < count; i++)
            for (var j = 0; j < i; j++)
                energy += Bohr * atoms[Width * i + 3] * atoms[Width * j + 3] / Distance(atoms, i, j);
        for (var i = 0; i < count; i++) atoms[Width * i + 4] = energy;
        return new MadeSet(atoms, null);
    }

    /// <summary>Binds an atom to a heavy one, where there is room.</summary>
    private static void Attach(SplitMix64 numbers, double[] atoms, int i)
    {
        var hydrogens = 0;
        for (var j = 0; j < i; j++) hydrogens += atoms[Width * j + 3] == Hydrogen ? 1 : 0;
        var share = numbers.NextUnit();
        // No more than two to a heavy atom, so that there is always room for another.
        var element = share < 0.5 && hydrogens < MostHydrogens * (i - hydrogens) ? Hydrogen
            : share < 0.8 ? Carbon
            : share < 0.9 ? Nitrogen
            : Oxygen;
        atoms[Width * i + 3] = element;
        var length = element == Hydrogen ? HydrogenBond : HeavyBond;
        while (true)
        {
            var to = (int)(numbers.NextUnit() * i);
            if (atoms[Width * to + 3] == Hydrogen) continue;
            var (z, angle) = (numbers.Between(-1, 1), numbers.Angle());
            var (x, y) = MadeNumbers.Polar(Math.Sqrt(1 - z * z), angle);
            (atoms[Width * i], atoms[Width * i + 1], atoms[Width * i + 2]) = (
                atoms[Width * to] + length * x, atoms[Width * to + 1] + length * y, atoms[Width * to + 2] + length * z);
            var isFree = true;
            for (var j = 0; j < i && isFree; j++) isFree = Distance(atoms, i, j) >= Apart;
            if (isFree) return;
        }
    }

    private static double Distance(double[] atoms, int i, int j)
    {
        var squared = 0.0;
        for (var d = 0; d < 3; d++)
            squared += (atoms[Width * i + d] - atoms[Width * j + d]) * (atoms[Width * i + d] - atoms[Width * j + d]);
        return Math.Sqrt(squared);
    }
}
