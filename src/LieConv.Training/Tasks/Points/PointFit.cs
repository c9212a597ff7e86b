using LieConv.Datasets.Points;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Training.Preparation;

namespace LieConv.Training.Tasks.Points;

/// <summary>What a run finds in its data: scales, and the network's choices that were left to it.</summary>
internal static class PointFit
{
    /// <summary>Sets up to this size have all their points as neighbours unless told otherwise: then nothing is
    /// drawn.</summary>
    private const int SmallSet = 128;

    /// <summary>The configuration with what the data say.</summary>
    /// <exception cref="ArgumentException">If something does not go together: one sentence.</exception>
    /// <exception cref="InvalidDataException">If there is nothing to learn: one sentence.</exception>
    public static PointConfig Resolve(PointConfig config, PointParts data)
    {
        ArgumentNullException.ThrowIfNull(config);
        var found = config.Found ?? Learn(config, data);
        var group = config.CreateGroup(found.Schema.Dimensions);
        var heads = new PointHeads(found);
        return config with
        {
            Group = group.ToString(), Found = found,
            Model = Shape(config.Model, group, found.LargestSet) with
            {
                Inputs = Math.Max(1, found.Schema.Channels), SetOutputs = heads.SetOutputs,
                PointOutputs = heads.PointOutputs,
            },
        };
    }

    /// <summary>Small sets of a group that turns points are seen from frames, with all points as neighbours: exact.</summary>
    /// <param name="model">The network as it was asked for; what it says of neighbours stays.</param>
    /// <param name="group">The group.</param>
    /// <param name="largestSet">Points of the largest set.</param>
    public static PointNetworkOptions Shape(PointNetworkOptions model, LieGroup group, int largestSet)
    {
        var block = model.Block;
        if (block.Neighborhood is not null) return model;
        var isSmall = largestSet * (long)block.LiftSamples <= SmallSet && model.TotalDownsampling == 1;
        if (!isSmall) return model with { Block = block with { Neighborhood = NeighborhoodKind.Ball } };
        var turns = block is { Frames: FrameChoice.Sampled, LiftSamples: 1 } && group.Motions is { Turned.Count: > 0 };
        return model with
        {
            Block = block with
            {
                Neighborhood = NeighborhoodKind.Everything, Frames = turns ? FrameChoice.Weighted : block.Frames,
                DrawnFrames = turns || block.DrawnFrames,
            },
        };
    }

    private static LearntScales Learn(PointConfig config, PointParts data)
    {
        var (sets, schema) = (data.Sets, data.Sets.Schema);
        if (schema.Targets.Count == 0)
            throw new ArgumentException(
                $"'{config.Data.Path}' has no column to learn; name one by --target (columns that were found: " +
                $"{string.Join(", ", schema.Coordinates.Concat(schema.Values.Select(value => value.Name)))}).");
        var training = data[SplitPart.Training];
        var (positions, values) = (new CoordinateMoments(schema.Dimensions), new ColumnMoments(schema.Channels));
        var targets = schema.Targets.Select(_ => new ColumnMoments(1)).ToArray();
        var counts = schema.Targets.Select(target => new long[target.Classes.Count]).ToArray();
        foreach (var set in training)
        {
            var size = sets.SizeOf(set);
            var (place, carried) = (new double[size * schema.Dimensions], new double[size * schema.Channels]);
            sets.CopyPositions(set, place);
            sets.CopyValues(set, carried);
            positions.Add(place);
            values.Add(carried);
            for (var t = 0; t < targets.Length; t++)
            {
                var own = sets.TargetsOf(set, t);
                if (schema.Targets[t].Kind == PointTargetKind.Number) targets[t].Add(own);
                else foreach (var k in own) counts[t][(int)k]++;
            }
        }
        return new LearntScales
        {
            Schema = schema, LargestSet = sets.LargestSize, Positions = positions.Scale(centred: false),
            Values = Channels(schema, values),
            Targets = [.. schema.Targets.Select((target, t) =>
                target.Kind == PointTargetKind.Class ? ColumnScale.None : targets[t].ScaleOf(0))],
            ClassWeights = [.. counts.Select(own => (IReadOnlyList<double>)(own.Length == 0
                ? []
                : Preparation.ClassWeights.Compute(own, config.ClassWeights)))],
        };
    }

    /// <summary>A scale a channel; shares of categories stay 0 and 1.</summary>
    private static List<ColumnScale> Channels(PointSchema schema, ColumnMoments values)
    {
        var scales = new List<ColumnScale>();
        foreach (var value in schema.Values)
            for (var c = 0; c < value.Channels; c++)
                scales.Add(value.Categories.Count > 0 ? ColumnScale.None : values.ScaleOf(scales.Count));
        return scales;
    }
}
