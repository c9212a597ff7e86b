using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Whether generators span all rotations, translations and scalings of some coordinates, and of which.</summary>
internal static class GeneratorMotions
{
    private const double Tolerance = 1e-9;
    private const int MostDimensions = 3;

    /// <summary>The motions; null where they are others, or of more than three coordinates.</summary>
    public static CoordinateMotions? Find(AlgebraBasis basis, int dimensions)
    {
        if (dimensions > MostDimensions) return null;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var rows = dimensions + 1;
        var own = basis.Generators(ScalarType.Float64, CPU);
        if (basis.Rows < rows) own = nn.functional.pad(own, [0L, 1, 0, 1]);
        own = own.flatten(1);
        int[][] turns = dimensions switch
        {
            1 => [[]],
            2 => [[], [0, 1]],
            _ => [[], [0, 1], [1, 2], [2, 0], [0, 1, 2]],
        };
        foreach (var turned in turns)
            for (var shifts = 0; shifts < 1 << dimensions; shifts++)
                foreach (var scaled in new[] { false, true })
                {
                    int[] translated = [.. Enumerable.Range(0, dimensions).Where(i => (shifts >> i & 1) == 1)];
                    var matrices = Matrices(rows, turned, translated, scaled);
                    if (matrices.Count != basis.Count) continue;
                    var both = cat([own, stack(matrices).flatten(1)], 0);
                    var sizes = linalg.svdvals(both).data<double>().ToArray();
                    if (sizes.Count(size => size > Tolerance * sizes[0]) == basis.Count)
                        return new CoordinateMotions(turned, translated, scaled);
                }
        return null;
    }

    private static List<Tensor> Matrices(int rows, int[] turned, int[] translated, bool scaled)
    {
        var matrices = new List<Tensor>();
        void Add(params (int Row, int Column, double Value)[] entries)
        {
            var matrix = new double[rows * rows];
            foreach (var (row, column, value) in entries) matrix[row * rows + column] = value;
            matrices.Add(tensor(matrix, [rows, rows], dtype: ScalarType.Float64));
        }
        for (var i = 0; i < turned.Length; i++)
            for (var j = i + 1; j < turned.Length; j++) Add((turned[i], turned[j], -1), (turned[j], turned[i], 1));
        foreach (var i in translated) Add((i, rows - 1, 1));
        if (scaled) Add([.. Enumerable.Range(0, rows - 1).Select(i => (i, i, 1.0))]);
        return matrices;
    }
}
