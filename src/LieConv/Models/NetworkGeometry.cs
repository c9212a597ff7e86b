using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Models;

/// <summary>
/// Where the points of a network are while its blocks pass: which remain, and what each block finds among them. Blocks
/// that keep all points share what need not be found anew.
/// </summary>
internal sealed class NetworkGeometry
{
    private readonly PackedSets? _rows;
    private readonly bool _keepsPoints;
    private readonly Draws _draws;
    private readonly Tensor? _distances;
    private readonly Neighborhood? _neighbours;
    private LiftedElements _points;
    private Tensor? _mask;

    /// <summary>Starts at lifted points.</summary>
    /// <param name="points">The points.</param>
    /// <param name="finder">The first block's finder where all blocks keep the points; null where some are left
    /// out.</param>
    /// <param name="rows">Where the points are without their padding, which neither blocks nor head then see; null for
    /// padded sets.</param>
    /// <param name="draws">Source of subsamples and neighbours.</param>
    public NetworkGeometry(LiftedPoints points, NeighbourFinder? finder, PackedSets? rows, Draws draws)
    {
        (_points, _mask, _rows, _draws) = (points.Geometry, points.Mask, rows, draws);
        _keepsPoints = finder is not null;
        if (finder is null) return;
        if (finder.FindsAnew) _distances = finder.SharedDistances(_points);
        else _neighbours = Find(finder);
    }

    /// <summary>Valid points among those that remain, shape (g, m); null where all values are of points.</summary>
    public Tensor? Mask => _rows is null ? _mask : null;

    /// <summary>Values as the blocks take them.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <returns>The same, or rows without padding, shape (R, c).</returns>
    public Tensor Enter(Tensor values) => _rows is { } rows ? rows.Pack(values.squeeze(2)) : values;

    /// <summary>Passes a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="values">Values at the points.</param>
    /// <returns>Values at the points that remain.</returns>
    public Tensor Pass(ResidualBlock block, Tensor values)
    {
        using var scope = NewDisposeScope();
        var step = Next(block);
        var passed = block.Apply(values, Mask, step);
        _points = scope.Keep(step.Points);
        if (step.Mask is not null) scope.MoveToOuter(step.Mask);
        if (_rows is null) _mask = step.Mask;
        return scope.MoveToOuter(passed);
    }

    /// <summary>One vector an item.</summary>
    /// <param name="values">Values at the points, shape (g, m, r, c) or (R, c).</param>
    /// <param name="mean">Mean or sum over the points.</param>
    /// <returns>Shape (g·r, c).</returns>
    public Tensor Pool(Tensor values, bool mean) => _rows is { } rows
        ? rows.Pool(values, mean)
        : GlobalPooling.Pool(values, _mask, mean).flatten(0, 1);

    /// <summary>Values at the points, 0 for padding that blocks did not see.</summary>
    /// <param name="values">Shape (g, m, r, c) or (R, c).</param>
    /// <returns>Shape (g, m, r, c).</returns>
    public Tensor AtPoints(Tensor values) => _rows is { } rows
        ? rows.Unpack(values, _mask!.shape[0], _mask.shape[1]).unsqueeze(2)
        : values;

    private BlockStep Next(ResidualBlock block) => _keepsPoints
        ? new BlockStep(_points, Mask, null, _neighbours ?? Find(block.Finder))
        : block.Step(_points, _mask, _draws);

    private Neighborhood Find(NeighbourFinder finder) => _rows is { } rows
        ? finder.FindRows(rows, _points, _mask, _distances, _draws)
        : finder.Find(_points, _mask, _points, _mask, _distances, _draws);
}
