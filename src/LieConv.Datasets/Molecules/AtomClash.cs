namespace LieConv.Datasets.Molecules;

/// <summary>Two atoms that are closer than any bond: the coordinates are not those of a molecule.</summary>
/// <param name="First">Place of one atom.</param>
/// <param name="Second">Place of the other.</param>
/// <param name="Distance">Between them in Angstrom.</param>
internal readonly record struct AtomClash(int First, int Second, double Distance)
{
    /// <summary>In Angstrom. The shortest bond, of hydrogen, has 0.74.</summary>
    public const double Closest = 0.3;

    /// <summary>Cells further out than this share one: their numbers must stay whole.</summary>
    private const double MostCells = 1e15;

    /// <summary>A pair of atoms that are too close, or null.</summary>
    /// <param name="positions">x, y, z of each atom in Angstrom.</param>
    /// <remarks>Atoms are put into cubes of the shortest distance, none of which holds many while no pair is too close:
    /// the time grows with the number of atoms.</remarks>
    public static AtomClash? Find(ReadOnlySpan<double> positions)
    {
        var cells = new Dictionary<(long, long, long), List<int>>();
        for (var atom = 0; atom < positions.Length / 3; atom++)
        {
            var (x, y, z) = (Cell(positions, atom, 0), Cell(positions, atom, 1), Cell(positions, atom, 2));
            for (var dx = -1; dx <= 1; dx++)
                for (var dy = -1; dy <= 1; dy++)
                    for (var dz = -1; dz <= 1; dz++)
                        if (cells.TryGetValue((x + dx, y + dy, z + dz), out var others)
                            && Near(positions, atom, others) is { } clash)
                            return clash;
            if (cells.TryGetValue((x, y, z), out var own)) own.Add(atom);
            else cells.Add((x, y, z), [atom]);
        }

        return null;
    }

    private static AtomClash? Near(ReadOnlySpan<double> positions, int atom, List<int> others)
    {
        foreach (var other in others)
        {
            var square = 0.0;
            for (var axis = 0; axis < 3; axis++)
            {
                var difference = positions[3 * atom + axis] - positions[3 * other + axis];
                square += difference * difference;
            }

            if (square < Closest * Closest) return new AtomClash(other, atom, Math.Sqrt(square));
        }

        return null;
    }

    // From the first atom, so that a molecule may be anywhere.
    private static long Cell(ReadOnlySpan<double> positions, int atom, int axis) =>
        (long)Math.Clamp(Math.Floor((positions[3 * atom + axis] - positions[axis]) / Closest), -MostCells, MostCells);
}
