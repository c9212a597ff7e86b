namespace LieConv.Training.Tasks.Molecules;

/// <summary>Standard atomic weights (IUPAC 2021, abridged), hydrogen to argon: all that the data sets have.</summary>
internal static class AtomMasses
{
    private static readonly double[] Masses =
    [
        1.008, 4.0026, 6.94, 9.0122, 10.81, 12.011, 14.007, 15.999, 18.998, 20.180, 22.990, 24.305, 26.982, 28.085, 30.974,
        32.06, 35.45, 39.95,
    ];

    /// <summary>The mass of an element in daltons; null where it is not in the table.</summary>
    public static double? Find(int charge) => charge >= 1 && charge <= Masses.Length ? Masses[charge - 1] : null;
}
