using System.Text.Json.Serialization;

namespace LieConv.Datasets.Points;

/// <summary>What the columns of sets of points mean.</summary>
public sealed record PointSchema
{
    /// <summary>Most coordinates of a point.</summary>
    public const int MostDimensions = 6;

    /// <summary>Names of the coordinates' columns, 1 to 6.</summary>
    public required IReadOnlyList<string> Coordinates { get; init; }

    /// <summary>The values that points carry; may be empty: the network then sees a constant 1.</summary>
    public IReadOnlyList<PointValue> Values { get; init; } = [];

    /// <summary>What is to be learnt; empty where only predictions are asked for.</summary>
    public IReadOnlyList<PointTarget> Targets { get; init; } = [];

    /// <summary>Coordinates of a point, D.</summary>
    [JsonIgnore]
    public int Dimensions => Coordinates.Count;

    /// <summary>Channels of all values together; 0 where there are none.</summary>
    [JsonIgnore]
    public int Channels => Values.Sum(value => value.Channels);

    /// <inheritdoc/>
    public bool Equals(PointSchema? other) => other is not null && Coordinates.SequenceEqual(other.Coordinates)
        && Values.SequenceEqual(other.Values) && Targets.SequenceEqual(other.Targets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Coordinates.Count, Values.Count, Targets.Count);

    /// <summary>All that is wrong with it, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Coordinates.Count is < 1 or > MostDimensions)
            errors.Add($"Coordinates has {Coordinates.Count} names; expected 1 to {MostDimensions}.");
        var names = Coordinates.Concat(Values.Select(value => value.Name))
            .Concat(Targets.Select(target => target.Name));
        errors.AddRange(names.GroupBy(name => name).Where(same => same.Count() > 1)
            .Select(same => $"Column '{same.Key}' is used {same.Count()} times; expected once."));
        foreach (var target in Targets)
            if (target.Kind == PointTargetKind.Class != target.Classes.Count > 0)
                errors.Add($"Target '{target.Name}' has {target.Classes.Count} classes; expected names of classes " +
                    "for a class, and none for a number.");
        return errors;
    }
}
