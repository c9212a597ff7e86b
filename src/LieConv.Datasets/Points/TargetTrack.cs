using System.Runtime.CompilerServices;

namespace LieConv.Datasets.Points;

/// <summary>Finds out while reading whether a target is one of each set or one of each point.</summary>
/// <param name="cell">Its column.</param>
internal sealed class TargetTrack(MixedCell cell)
{
    private readonly List<double> _first = [];
    private readonly List<bool> _varies = [];

    /// <summary>The first value of each set; NaN for none.</summary>
    public IReadOnlyList<double> First => _first;

    /// <summary>Sets with more than one value.</summary>
    public int Varying { get; private set; }

    /// <summary>The first row whose value is not that of its set: file, line and set.</summary>
    public (int File, long Number, int Set, string Was, string Is)? Variation { get; private set; }

    /// <summary>The first row without a value: file, line and set.</summary>
    public (int File, long Number, int Set)? Missing { get; private set; }

    /// <summary>Sees the row at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void See(int set, int file, long number)
    {
        while (_first.Count <= set)
        {
            _first.Add(double.NaN);
            _varies.Add(false);
        }

        var value = cell.Current;
        if (double.IsNaN(value)) Missing ??= (file, number, set);
        else if (double.IsNaN(_first[set])) _first[set] = value;
        else if (_first[set] != value && !_varies[set])
        {
            _varies[set] = true;
            Varying++;
            Variation ??= (file, number, set, cell.NameOf(_first[set]), cell.NameOf(value));
        }
    }

    /// <summary>From now on values are numbers of texts.</summary>
    public void BecomeTexts(PointTexts texts)
    {
        for (var set = 0; set < _first.Count; set++)
            if (!double.IsNaN(_first[set])) _first[set] = texts.Find(KnownCell.PointText(_first[set]));
    }
}
