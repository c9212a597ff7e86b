namespace LieConv.Datasets.Points.Shapes;

/// <summary>Points with named columns, and the triangles between them where they are a mesh.</summary>
public sealed class Shape
{
    private readonly double[] _rows;
    private readonly int[] _triangles;

    /// <summary>Takes arrays over; the readers have checked them.</summary>
    internal Shape(string name, IReadOnlyList<string> columns, int dimensions, double[] rows, int[] triangles)
    {
        (Name, Columns, Dimensions) = (name, columns, dimensions);
        (_rows, _triangles) = (rows, triangles);
    }

    /// <summary>The file it comes from, for messages.</summary>
    public string Name { get; }

    /// <summary>Names of the columns: first those of the coordinates ("x", "y", "z"), then what else each point has.
    /// </summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many columns are coordinates, D: 1 to 3, of a mesh 2 or 3.</summary>
    public int Dimensions { get; }

    /// <summary>Number of points, n, at least 1.</summary>
    public int Count => _rows.Length / Columns.Count;

    /// <summary>Number of triangles; 0 where there are only points.</summary>
    public int TriangleCount => _triangles.Length / 3;

    /// <summary>The points, row-major (n, number of columns); coordinates are finite.</summary>
    public ReadOnlySpan<double> Rows => _rows;

    /// <summary>Numbers of the points at the corners of the triangles, row-major (number of triangles, 3).</summary>
    public ReadOnlySpan<int> Triangles => _triangles;
}
