using LieConv.Benchmarks.Reference;
using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Workloads;

/// <summary>Lift and neighbourhood alone: n points of unit density in a cube, 25 neighbours from a ball of fixed
/// radius.</summary>
internal sealed class PointWorkload : Workload
{
    private const int Neighbours = 25;

    /// <summary>Radii of balls that hold some 60 points, in units of the groups' distances at their usual
    /// weight.</summary>
    private const double TranslationRadius = 0.5, RigidRadius = 2.4;

    private readonly LieGroup _group;
    private readonly int _count;
    private readonly LieConvLayer _layer;
    private readonly ReferenceNeighbours _reference;
    private readonly Tensor _radius;
    private readonly PointSet _points;
    private readonly Generator _generator = new(3);

    /// <summary>Creates the points.</summary>
    public PointWorkload(string group, int count) : base(FormattableString.Invariant($"points:{group}:{count}"))
    {
        random.manual_seed(1);
        (_group, _count) = (LieGroups.Parse(group), count);
        var options = new LieConvOptions { Block = new() { SampleCount = Neighbours, BatchNorm = false } };
        _layer = new LieConvLayer(_group, 4, 4, options);
        _layer.eval();
        using (no_grad()) _layer.Radius.fill_(_group.HasStabilizer ? RigidRadius : TranslationRadius);
        _radius = _layer.Radius.clone();
        _reference = new ReferenceNeighbours(_group, options, _radius);
        _points = new PointSet(rand(1, count, 3) * Math.Cbrt(count), zeros(1, count, 1));
    }

    /// <inheritdoc/>
    public override string Item => "points";

    /// <inheritdoc/>
    public override double Items => _count;

    /// <inheritdoc/>
    public override double Operations => 0;

    /// <summary>The table of pairs, about twice as much while it is computed, and three tables of one number a
    /// pair.</summary>
    public override double ReferenceBytes => (double)_count * _count * sizeof(float) * (3 * _group.RelativeDim + 3);

    /// <inheritdoc/>
    public override void Step(Side side)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var draws = new GeneratorDraws(_generator);
        if (side == Side.Reference)
        {
            _reference.Find(
                ReferenceLift.Lift(_group, _points, LiftOptions.Default, draws), null, draws, training: false);
            return;
        }
        var lifted = _group.Lift(_points.Coordinates, LiftOptions.Default, draws);
        _layer.Finder.Find(lifted, null, lifted, null, null, draws);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _layer.Dispose();
        _radius.Dispose();
        _points.Coordinates.Dispose();
        _points.Values.Dispose();
        _generator.Dispose();
    }
}
