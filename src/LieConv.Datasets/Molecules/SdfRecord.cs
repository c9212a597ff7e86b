using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// A molfile (Dalby and others, J. Chem. Inf. Comput. Sci. 32, 244, 1992; "CTfile formats", BIOVIA 2020): three header
/// lines, of which the second may name the dimension, a line of counts, and the table of atoms, bonds and properties in
/// version V2000 or V3000.
/// </summary>
internal sealed class SdfRecord
{
    /// <summary>What the fourth line is.</summary>
    public const string CountsLine = "a V2000 line of counts";

    private const int DimensionStart = 20;
    private readonly List<byte> _charges = [];
    private readonly List<double> _positions = [];
    private readonly List<int> _formalCharges = [];
    private readonly List<double> _bondOrders = [];
    private bool _hasUnknownBonds;
    private bool _isDeclaredFlat;
    private bool _isDeclaredSpatial;

    /// <summary>Nuclear charges of the atoms.</summary>
    public byte[] Charges => [.. _charges];

    /// <summary>x, y, z of each in Angstrom.</summary>
    public double[] Positions => [.. _positions];

    /// <summary>Sum of the charges of the atoms.</summary>
    public int NetCharge => _formalCharges.Sum();

    /// <summary>Whether there is no hydrogen although a carbon, nitrogen or oxygen has bonds free.</summary>
    public bool LacksHydrogens => !_hasUnknownBonds && !_charges.Contains(1)
        && Enumerable.Range(0, _charges.Count).Any(atom => Valence(atom) - _bondOrders[atom] >= 1);

    /// <summary>Whether the coordinates are those of a drawing: all in the plane of the paper, and said to be, or not
    /// said to be otherwise while hydrogens are left out.</summary>
    public bool IsDrawing => IsFlat && (_isDeclaredFlat || (!_isDeclaredSpatial && LacksHydrogens));

    private bool IsFlat
    {
        get
        {
            for (var i = 2; i < _positions.Count; i += 3)
                if (_positions[i] != 0) return false;
            return true;
        }
    }

    /// <summary>Reads a record.</summary>
    /// <param name="lines">Its lines.</param>
    /// <exception cref="InvalidDataException">It is not as described: one sentence with the line.</exception>
    public static SdfRecord Read(TextLines lines)
    {
        var record = new SdfRecord();
        lines.Next("a header line");
        var program = lines.Next("a header line");
        lines.Next("a header line");
        var dimension = Column(program, DimensionStart, 2);
        record._isDeclaredFlat = dimension.SequenceEqual("2D"u8);
        record._isDeclaredSpatial = dimension.SequenceEqual("3D"u8);
        var counts = lines.Next(CountsLine);
        if (counts.IndexOf("V3000"u8) >= 0) new SdfTable3000(record).Read(ref lines);
        else if (counts.IndexOf((byte)'V') is var version && (version < 0 || counts[version..].StartsWith("V2000"u8)))
            SdfTable2000.Read(record, counts, ref lines);
        else throw lines.Fault(CountsLine, counts);
        return record;
    }

    /// <summary>Takes an atom.</summary>
    public void AddAtom(byte charge, double x, double y, double z, int formalCharge)
    {
        _charges.Add(charge);
        _positions.AddRange([x, y, z]);
        _formalCharges.Add(formalCharge);
        _bondOrders.Add(0);
    }

    /// <summary>Takes a bond.</summary>
    /// <param name="type">1, 2, 3, or 4 for aromatic; other types have no order.</param>
    /// <param name="first">Number of an atom, from 1.</param>
    /// <param name="second">Number of another.</param>
    /// <returns>False where there are no such atoms.</returns>
    public bool AddBond(int type, int first, int second)
    {
        if (first < 1 || first > _charges.Count || second < 1 || second > _charges.Count || first == second)
            return false;
        var order = type switch { >= 1 and <= 3 => type, 4 => 1.5, _ => 0 };
        _hasUnknownBonds |= order == 0;
        _bondOrders[first - 1] += order;
        _bondOrders[second - 1] += order;
        return true;
    }

    /// <summary>Takes the charges of a property line; the first takes the place of those in the table of atoms.</summary>
    public void ClearCharges()
    {
        for (var i = 0; i < _formalCharges.Count; i++) _formalCharges[i] = 0;
    }

    /// <summary>Takes a charge.</summary>
    /// <returns>False where there is no such atom.</returns>
    public bool SetCharge(int atom, int charge)
    {
        if (atom < 1 || atom > _formalCharges.Count) return false;
        _formalCharges[atom - 1] = charge;
        return true;
    }

    /// <summary>What stands in some columns of a line, without blanks around.</summary>
    public static ReadOnlySpan<byte> Column(ReadOnlySpan<byte> line, int start, int width) =>
        line.Length <= start ? default : line.Slice(start, Math.Min(width, line.Length - start)).Trim((byte)' ');

    // A cation of nitrogen or oxygen has one bond more than the atom, an anion one less; one of carbon always less.
    private int Valence(int atom) => _charges[atom] switch
    {
        6 => 4 - Math.Abs(_formalCharges[atom]),
        7 => 3 + _formalCharges[atom],
        8 => 2 + _formalCharges[atom],
        _ => 0,
    };
}
