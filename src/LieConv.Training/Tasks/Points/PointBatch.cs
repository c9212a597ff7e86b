using LieConv.Datasets.Points;
using LieConv.Lifting;
using LieConv.Training.Preparation;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>Sets of points as the network takes them: scaled, and padded to the largest.</summary>
internal sealed class PointBatch
{
    private readonly List<(int Count, double[] Positions, double[] Values)> _sets = [];
    private readonly LearntScales _scales;

    /// <summary>An empty batch.</summary>
    /// <param name="scales">How numbers become those that the network sees.</param>
    public PointBatch(LearntScales scales) => _scales = scales;

    /// <summary>Sets of a data set.</summary>
    public PointBatch(LearntScales scales, PointSets sets, ReadOnlySpan<int> numbers) : this(scales)
    {
        foreach (var set in numbers)
        {
            var size = sets.SizeOf(set);
            var (positions, values) = (new double[size * Dimensions], new double[size * scales.Schema.Channels]);
            sets.CopyPositions(set, positions);
            sets.CopyValues(set, values);
            Add(size, positions, values);
        }
    }

    /// <summary>Points of each set.</summary>
    public IReadOnlyList<int> Sizes => [.. _sets.Select(set => set.Count)];

    /// <summary>Points n that the sets are padded to.</summary>
    public int Width => _sets.Max(set => set.Count);

    private int Dimensions => _scales.Schema.Dimensions;

    /// <summary>Channels that the network sees: a constant where points have no values.</summary>
    private int Channels => Math.Max(1, _scales.Schema.Channels);

    /// <summary>Adds a set, whose numbers are scaled in place.</summary>
    /// <param name="count">n.</param>
    /// <param name="positions">Row-major (n, D), in the data's unit.</param>
    /// <param name="values">Row-major (n, c).</param>
    public void Add(int count, double[] positions, double[] values)
    {
        _scales.Positions.Apply(positions);
        if (_scales.Schema.Channels > 0) ColumnScale.Apply(values, _scales.Values);
        _sets.Add((count, positions, values));
    }

    /// <summary>The sets as tensors.</summary>
    /// <param name="dtype">Their element type.</param>
    /// <param name="device">Where they are.</param>
    public PointSet ToPoints(ScalarType dtype, Device device)
    {
        var (b, n, d, c) = (_sets.Count, Width, Dimensions, Channels);
        var (positions, values, mask) = (new double[(long)b * n * d], new double[(long)b * n * c], new bool[(long)b * n]);
        for (var i = 0; i < b; i++)
        {
            var set = _sets[i];
            set.Positions.CopyTo(positions.AsSpan(i * n * d));
            if (_scales.Schema.Channels > 0) set.Values.CopyTo(values.AsSpan(i * n * c));
            else values.AsSpan(i * n, set.Count).Fill(1);
            mask.AsSpan(i * n, set.Count).Fill(true);
        }
        return new PointSet(
            tensor(positions, [b, n, d], dtype: dtype, device: device),
            tensor(values, [b, n, c], dtype: dtype, device: device),
            _sets.All(set => set.Count == n) ? null : tensor(mask, [b, n], device: device));
    }
}
