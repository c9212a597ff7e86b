using System.Globalization;
using System.Runtime.InteropServices;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>Collects the points and faces of a file and checks what holds for every format.</summary>
/// <param name="name">The file, for messages.</param>
/// <param name="columns">Names of the columns, coordinates first.</param>
/// <param name="dimensions">How many are coordinates.</param>
internal sealed class ShapeBuilder(string name, IReadOnlyList<string> columns, int dimensions)
{
    private readonly List<double> _rows = [];
    private readonly List<int> _triangles = [];

    /// <summary>Points so far.</summary>
    public int Count => _rows.Count / columns.Count;

    /// <summary>Numbers in a row.</summary>
    public int Width => columns.Count;

    /// <summary>Adds a point.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? AddPoint(ReadOnlySpan<double> row)
    {
        for (var axis = 0; axis < dimensions; axis++)
            if (!double.IsFinite(row[axis]))
                return string.Create(CultureInfo.InvariantCulture,
                    $"expected {columns[axis]} as a finite number, not {row[axis]}");
        if (_rows.Count > Array.MaxLength - row.Length) return "expected fewer points: they do not fit the memory";
        _rows.AddRange(row);
        return null;
    }

    /// <summary>Adds a polygon as a fan of triangles about its first corner.</summary>
    /// <param name="corners">Numbers of its points, from 0.</param>
    /// <param name="points">How many points there are.</param>
    /// <param name="first">What the file counts points from.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public string? AddFace(ReadOnlySpan<long> corners, long points, int first = 0)
    {
        if (corners.Length < 3)
            return string.Create(CultureInfo.InvariantCulture,
                $"expected a face of at least 3 corners, not {corners.Length}");
        foreach (var corner in corners)
            if (corner < 0 || corner >= points)
                return string.Create(CultureInfo.InvariantCulture,
                    $"expected corners from {first} to {points - 1 + first}, not {corner + first}");
        for (var i = 1; i + 1 < corners.Length; i++)
            _triangles.AddRange([(int)corners[0], (int)corners[i], (int)corners[i + 1]]);
        return null;
    }

    /// <summary>The shape.</summary>
    /// <exception cref="InvalidDataException">It has no points.</exception>
    public Shape Build() => _rows.Count > 0
        ? new Shape(name, columns, dimensions, [.. CollectionsMarshal.AsSpan(_rows)], [.. _triangles])
        : throw new InvalidDataException($"{name}: has no points; expected at least one.");
}
