namespace LieConv.Datasets.Points.Shapes;

/// <summary>Collects the corners of triangles, three by three; equal ones become one point.</summary>
/// <param name="name">The file, for messages.</param>
internal sealed class StlVertices(string name)
{
    private static readonly string[] Columns = ["x", "y", "z"];
    private readonly ShapeBuilder _shape = new(name, Columns, Columns.Length);
    private readonly Dictionary<(double X, double Y, double Z), int> _numbers = [];
    private readonly long[] _corners = new long[3];
    private int _filled;

    /// <summary>Adds a corner.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Add(double x, double y, double z)
    {
        // -0 and 0 are one place.
        var place = (x + 0.0, y + 0.0, z + 0.0);
        if (!_numbers.TryGetValue(place, out var number))
        {
            number = _shape.Count;
            if (_shape.AddPoint([place.Item1, place.Item2, place.Item3]) is { } fault) return fault;
            _numbers.Add(place, number);
        }

        _corners[_filled] = number;
        _filled = (_filled + 1) % 3;
        return _filled == 0 ? _shape.AddFace(_corners, _shape.Count) : null;
    }

    /// <summary>The mesh.</summary>
    public Shape Build() => _shape.Build();
}
