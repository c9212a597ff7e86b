using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>Moves training sets at random: by elements of a group, and each point by noise.</summary>
internal sealed class SetMotion
{
    private readonly RandomMotions? _motions;
    private readonly double _jitter;

    private SetMotion(RandomMotions? motions, double jitter) => (_motions, _jitter) = (motions, jitter);

    /// <summary>The motion that a configuration asks for; null for none.</summary>
    /// <exception cref="ArgumentException">If the group is unknown or acts on other points: one sentence.</exception>
    public static SetMotion? Create(PointConfig config, LearntScales found)
    {
        var name = config.Augmentation;
        var group = string.Equals(name, PointConfig.NoAugmentation, StringComparison.OrdinalIgnoreCase) || name.Length == 0
            ? null
            : LieGroups.ParseOn(found.Schema.Dimensions, name);
        return group is null && config.Jitter == 0
            ? null
            : new SetMotion(group is null ? null : new RandomMotions(group), config.Jitter);
    }

    /// <summary>Sets as moved; coordinates are in units of the sets' size.</summary>
    public PointSet Move(PointSet points, Generator generator)
    {
        var positions = points.Coordinates;
        if (_motions is not null) positions = _motions.Apply(positions, points.Mask, generator);
        if (_jitter > 0)
            positions = positions + randn(positions.shape, dtype: ScalarType.Float32, generator: generator)
                .to(positions.dtype, positions.device) * Scalars.Of(_jitter);
        return points with { Coordinates = positions };
    }
}
