using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>An array of points or of sets, as columns of a table.</summary>
internal sealed class NumpyColumn
{
    /// <summary>Most columns of one array.</summary>
    public const int MostColumns = 10_000;

    private readonly ArrayStream _array;
    private double[] _numbers = [];
    private string[] _texts = [];

    /// <summary>Names its columns.</summary>
    /// <param name="name">Name of the array.</param>
    /// <param name="array">Its elements.</param>
    /// <param name="isOfSets">Whether it has a row for each set; else one for each point.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="isPlain">Whether columns are x, y, z: those of a file that has no names.</param>
    public NumpyColumn(string name, ArrayStream array, bool isOfSets, int width, bool isPlain)
    {
        (Name, _array, IsOfSets) = (name, array, isOfSets);
        Names = isPlain && width <= 3 ? ["x", "y", "z"]
            : width == 1 ? [name]
            : [.. Enumerable.Range(1, width).Select(i =>
                FormattableString.Invariant($"{(isPlain ? "x" : name + "_")}{i}"))];
        Names = [.. Names.Take(width)];
    }

    /// <summary>Name of the array.</summary>
    public string Name { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether it has a row for each set.</summary>
    public bool IsOfSets { get; }

    /// <summary>Who asked for each column, or null.</summary>
    public PointColumn?[] To { get; set; } = [];

    /// <summary>Reads the next rows.</summary>
    public void Read(int rows)
    {
        var count = checked(rows * Names.Count);
        if (_array.IsText)
        {
            if (_texts.Length < count) _texts = new string[count];
            _array.Read(_texts.AsSpan(0, count));
        }
        else
        {
            if (_numbers.Length < count) _numbers = new double[count];
            _array.Read(_numbers.AsSpan(0, count));
        }
    }

    /// <summary>Whether a row has nothing but nan.</summary>
    public bool IsMissing(int row)
    {
        if (_array.IsText) return false;
        foreach (var number in _numbers.AsSpan(row * Names.Count, Names.Count))
            if (!double.IsNaN(number)) return false;
        return true;
    }

    /// <summary>Gives a row to who asked for it.</summary>
    public void Push(int row)
    {
        for (var i = 0; i < To.Length; i++)
            if (To[i] is not { } to) continue;
            else if (_array.IsText) to.Add(_texts[row * To.Length + i].AsSpan());
            else to.Add(_numbers[row * To.Length + i]);
    }
}
