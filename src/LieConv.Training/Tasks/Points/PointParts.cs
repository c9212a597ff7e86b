using System.Globalization;
using LieConv.Datasets.Points;
using LieConv.Randomness;
using LieConv.Training.Preparation;
using LieConv.Training.Randomness;

namespace LieConv.Training.Tasks.Points;

/// <summary>A data set and which of its sets are learnt from, chosen by and tested on.</summary>
internal sealed class PointParts : IDisposable
{
    /// <summary>Random numbers of their own, beside those of the splits.</summary>
    private const int FewerIndex = 2;

    private readonly Dictionary<SplitPart, int[]> _numbers;

    /// <summary>A data set in parts, which it then owns.</summary>
    /// <param name="sets">All sets.</param>
    /// <param name="split">Their parts.</param>
    /// <param name="config">How many training sets are used, and the seed that draws them.</param>
    public PointParts(PointSets sets, SetSplit split, PointConfig config)
    {
        (Sets, Split) = (sets, split);
        _numbers = Enum.GetValues<SplitPart>().ToDictionary(part => part, split.SetsOf);
        var training = _numbers[SplitPart.Training];
        if (config.TrainCount == 0 || config.TrainCount >= training.Length) return;
        // The first of one random order: what fewer sets hold, more sets hold, too.
        var order = new SplitMix64(new SeedSequence(config.SplitSeed).SeedOf(RandomPurpose.Split, FewerIndex))
            .Permutation(training.Length);
        _numbers[SplitPart.Training] = [.. order.Take(config.TrainCount).Select(place => training[place]).Order()];
    }

    /// <summary>All sets.</summary>
    public PointSets Sets { get; }

    /// <summary>Their parts.</summary>
    public SetSplit Split { get; }

    /// <summary>For people, and to see whether a run goes on with the same data.</summary>
    public string Description => Sets.Description.TrimEnd('.') + Content;

    /// <summary>What of the description does not depend on the file that the sets come from.</summary>
    private string Content => $"; {Split.Description}{Fewer}; content {Sets.Fingerprint[..12].ToLowerInvariant()}";

    /// <summary>Whether these are the sets of another description, from whatever file and in whatever format, in the same
    /// parts.</summary>
    public bool IsSame(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return description.EndsWith(Content, StringComparison.Ordinal);
    }

    private string Fewer => this[SplitPart.Training].Length is var used && used < Split.CountOf(SplitPart.Training)
        ? string.Create(CultureInfo.InvariantCulture, $", learning from {used:N0}")
        : "";

    /// <summary>The sets of a part.</summary>
    public int[] this[SplitPart part] => _numbers[part];

    /// <summary>Parts a data set as a configuration says: by a column, in groups that stay whole, or stratified.
    /// Where a column names no validation sets they are taken from the training sets.</summary>
    /// <exception cref="ArgumentException">If that is not possible: one sentence.</exception>
    public static SetSplit Part(PointConfig config, PointSets sets)
    {
        ArgumentNullException.ThrowIfNull(config);
        var numbers = Enumerable.Range(0, sets.Count);
        // Columns of these names are found without being named, and folders say the part, too.
        string[]? groups = numbers.Any(set => sets.GroupOf(set) is not null)
            ? [.. numbers.Select(set => sets.GroupOf(set) ?? "")]
            : null;
        var strata = Strata(sets);
        if (numbers.Any(set => sets.SplitOf(set) is not null))
            return HeldOutValidation.Take(
                ColumnSplit.Create(
                    config.Data.Split.Length > 0 ? config.Data.Split : "split",
                    [.. numbers.Select(set => sets.SplitOf(set) ?? "")], sets.PlaceOf, strata, groups),
                strata, groups, config.Split, config.SplitSeed);
        return groups is null
            ? StratifiedSplit.Create(strata, config.Split, config.SplitSeed, sets.PlaceOf)
            : GroupedSplit.Create(groups, strata, config.Split, config.SplitSeed);
    }

    /// <inheritdoc/>
    public void Dispose() => Sets.Dispose();

    /// <summary>The first target of sets decides, classes before numbers.</summary>
    private static SetStrata Strata(PointSets sets)
    {
        var targets = sets.Schema.Targets;
        var first = targets.Index().Where(target => !target.Item.OfPoints).OrderBy(target => target.Item.Kind)
            .Select(target => (int?)target.Index).FirstOrDefault();
        if (first is not { } place) return SetStrata.None(sets.Count);
        double[] values = [.. Enumerable.Range(0, sets.Count).Select(set => sets.TargetOf(set, place))];
        return targets[place].Kind == PointTargetKind.Class
            ? SetStrata.FromClasses([.. values.Select(value => (int)value)], targets[place].Classes)
            : SetStrata.FromNumbers(values);
    }
}
