using System.Text;

namespace LieConv.Datasets.Molecules;

/// <summary>Symbols of the chemical elements and their nuclear charges.</summary>
public static class Elements
{
    private static readonly string[] Symbols = (
        "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr " +
        "Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu " +
        "Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr " +
        "Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og").Split(' ');

    private static readonly Dictionary<string, byte> ChargeOf = Symbols
        .Select((symbol, place) => (symbol, place))
        .Select(pair => (pair.symbol, charge: (byte)(pair.place + 1)))
        // Deuterium and tritium have symbols of their own (IUPAC 2005, IR-3.3.2) and the electrons of hydrogen.
        .Concat([("D", (byte)1), ("T", (byte)1)])
        .ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>Symbol of an element, for example C for 6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No element has that charge.</exception>
    public static string Symbol(int charge)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(charge, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(charge, Symbols.Length);
        return Symbols[charge - 1];
    }

    /// <summary>Nuclear charge of a symbol, in whatever case; D and T are hydrogen.</summary>
    /// <returns>The charge, or 0 if no element has that symbol.</returns>
    public static byte TryFind(string symbol) => ChargeOf.GetValueOrDefault(symbol);

    /// <summary>Nuclear charge of a symbol or number in text; 0 if it is neither.</summary>
    internal static byte TryRead(ReadOnlySpan<byte> text)
    {
        // The elements of QM9 make up nearly all atoms ever read.
        if (text.Length == 1)
            switch (text[0])
            {
                case (byte)'H': return 1;
                case (byte)'C': return 6;
                case (byte)'N': return 7;
                case (byte)'O': return 8;
                case (byte)'F': return 9;
            }

        if (text.Length is 0 or > 3) return 0;
        if (byte.TryParse(text, System.Globalization.NumberStyles.None, null, out var charge))
            return charge <= Symbols.Length ? charge : (byte)0;
        return TryFind(Encoding.Latin1.GetString(text));
    }
}
