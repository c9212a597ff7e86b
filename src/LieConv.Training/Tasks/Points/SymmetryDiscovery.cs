using LieConv.Datasets.Points;
using LieConv.Groups;
using LieConv.Training.Preparation;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>Finds which symmetry data have: short trainings of equal length for each group, at two sizes of training data,
/// compared on the same validation sets.</summary>
public static class SymmetryDiscovery
{
    /// <summary>The smaller training has one of so many training sets.</summary>
    public const int Fraction = 4;

    /// <summary>Trainings of a group at each size, at most: the second, for groups that come near the best, tells what is
    /// chance in a training.</summary>
    internal const int Seeds = 2;

    /// <summary>Most validation sets; more say little more, and cost time.</summary>
    private const int MostValidated = 1000;

    /// <summary>Steps of a training, at least, and passes over all training sets, at most, as the budget allows.</summary>
    private const int LeastSteps = 30, MostEpochs = 100;

    /// <summary>The settings that are meant unless told otherwise: a small network, and many validation sets.</summary>
    public static IReadOnlyList<string> UsualSettings { get; } = ["model.channels=32", "model.layers=2"];

    /// <summary>The same for data that no option parts: nothing is kept for a test.</summary>
    public static IReadOnlyList<string> UsualSplit { get; } =
        ["split.training=0.6", "split.validation=0.4", "split.test=0"];

    /// <summary>Tries the groups.</summary>
    /// <param name="task">Reads the data.</param>
    /// <param name="config">Which data, and the networks' shape; its group is not used.</param>
    /// <param name="options">Which groups, and for how long.</param>
    /// <param name="log">Told what is done, a line at a time.</param>
    /// <param name="interruption">Ends it.</param>
    /// <exception cref="ArgumentException">If an option is wrong, or there is too little to compare: one sentence.</exception>
    /// <exception cref="InvalidDataException">If a file has a fault: one sentence.</exception>
    /// <exception cref="OperationCanceledException">If it was interrupted.</exception>
    public static DiscoveryReport Run(
        PointTask task, PointConfig config, DiscoveryOptions options, Action<string> log, CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        if (config.Validate().Concat(options.Validate()).ToArray() is { Length: > 0 } errors)
            throw new ArgumentException(string.Join(" ", errors));
        if (config.Train.Threads > 0) set_num_threads(config.Train.Threads);
        using var sets = task.OpenSets(config, log);
        var groups = Groups(options, sets.Schema.Dimensions);
        var parts = Part(config, sets, log);
        config = PointFit.Resolve(config, parts);
        PointParts[] smaller = [.. Enumerable.Range(0, Seeds).Select(seed => Smaller(parts, seed))];
        return new DiscoverySession(config, options, parts, smaller, log, interruption).Run(groups);
    }

    /// <summary>Steps of each training.</summary>
    internal static long Steps(DiscoveryOptions options, long stepsOfEpoch, double secondsOfAll) =>
        options.Epochs is { } epochs
            ? epochs * stepsOfEpoch
            : Math.Clamp((long)(options.BudgetSeconds / secondsOfAll), LeastSteps,
                Math.Max(LeastSteps, MostEpochs * stepsOfEpoch));

    /// <summary>The groups, that without a symmetry first.</summary>
    private static LieGroup[] Groups(DiscoveryOptions options, int dimensions)
    {
        if (options.Groups.Count == 0) return [.. LieGroups.Candidates(dimensions)];
        LieGroup[] named = [.. options.Groups.Select(name => LieGroups.ParseOn(dimensions, name))];
        var none = LieGroups.Candidates(dimensions)[0];
        LieGroup[] all = [none, .. named.Where(group => group.AlgebraDim > 0).DistinctBy(group => group.ToString())];
        return all.Length > 1
            ? all
            : throw new ArgumentException($"--groups names no group but {none}; expected others to compare it with.");
    }

    /// <summary>The training sets, and those to compare on: validation sets, or where there are none, the test sets.</summary>
    private static PointParts Part(PointConfig config, PointSets sets, Action<string> log)
    {
        var split = PointParts.Part(config, sets);
        foreach (var note in split.Notes) log(note);
        var compared = split.CountOf(SplitPart.Validation) > 0 ? SplitPart.Validation : SplitPart.Test;
        var (training, validation) = (split.SetsOf(SplitPart.Training), split.SetsOf(compared));
        if (training.Length < 2 * Fraction || validation.Length < 2)
            throw new ArgumentException(
                $"There are {training.Length} training and {validation.Length} validation sets; expected at least " +
                $"{2 * Fraction} and 2 to compare groups by.");
        var most = Math.Min(MostValidated, validation.Length);
        int[] kept = [.. Enumerable.Range(0, most).Select(i => validation[(int)((long)i * validation.Length / most)])];
        return Parts(sets, split, training, kept);
    }

    /// <summary>The same with every fourth training set, in the order of the first target of sets: all classes and sizes
    /// of numbers keep their share; others for each seed.</summary>
    private static PointParts Smaller(PointParts parts, int seed)
    {
        var sets = parts.Sets;
        var target = sets.Schema.Targets.Index().Where(pair => !pair.Item.OfPoints)
            .Select(pair => (int?)pair.Index).FirstOrDefault();
        int[] ordered = target is { } place
            ? [.. parts[SplitPart.Training].OrderBy(set => sets.TargetOf(set, place))]
            : parts[SplitPart.Training];
        return Parts(
            sets, parts.Split, [.. ordered.Where((_, i) => i % Fraction == (Fraction / 2 + seed) % Fraction)],
            parts[SplitPart.Validation]);
    }

    private static PointParts Parts(PointSets sets, SetSplit split, int[] training, int[] validation)
    {
        var parts = Enumerable.Repeat(SplitPart.Test, sets.Count).ToArray();
        foreach (var set in training) parts[set] = SplitPart.Training;
        foreach (var set in validation) parts[set] = SplitPart.Validation;
        return new PointParts(sets, split with { Parts = parts }, new PointConfig());
    }
}
