using System.Diagnostics;
using System.Globalization;
using LieConv.Datasets.Points;
using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Training.Learning;
using LieConv.Training.Preparation;

namespace LieConv.Training.Tasks.Points;

/// <summary>The trainings of a discovery.</summary>
/// <param name="config">The configuration with its scales.</param>
/// <param name="options">For how long.</param>
/// <param name="all">All training sets.</param>
/// <param name="smaller">A part of them, and the same validation sets.</param>
/// <param name="log">Told what is done.</param>
/// <param name="interruption">Ends it.</param>
internal sealed class DiscoverySession(
    PointConfig config, DiscoveryOptions options, PointParts all, PointParts smaller, Action<string> log,
    CancellationToken interruption)
{
    private readonly List<DiscoveryCandidate> _candidates = [];
    private readonly Dictionary<string, double[]> _moved = [];
    private readonly Dictionary<string, string> _faults = [];
    private double[] _constant = [];

    private bool IsOfClasses => config.Found!.Schema.Targets.All(target => target.Kind == PointTargetKind.Class);

    /// <summary>Trains all networks and compares them.</summary>
    /// <param name="groups">That without a symmetry first.</param>
    public DiscoveryReport Run(IReadOnlyList<LieGroup> groups)
    {
        var steps = Plan(groups);
        foreach (var group in groups.Where(group => !_faults.ContainsKey(group.ToString())))
            Attempt(group, () => Try(group, groups, steps));
        if (_candidates.Count == 0 || _candidates[0].Group != groups[0].ToString())
            throw new ArgumentException($"No network of {groups[0]} can be trained: {_faults[groups[0].ToString()]}");
        return Report(groups, steps);
    }

    /// <summary>Times some steps of each network, and says how many fit.</summary>
    private long Plan(IReadOnlyList<LieGroup> groups)
    {
        var seconds = 0.0;
        foreach (var group in groups)
            Attempt(group, () =>
            {
                using var trial = new DiscoveryTrial(config, group, all);
                seconds += 2 * trial.TimeSteps(interruption);
                if (_constant.Length == 0) _constant = trial.ConstantErrors(interruption);
            });
        var training = all[SplitPart.Training].Length;
        var steps = SymmetryDiscovery.Steps(
            options, (training + config.Train.Batch - 1) / config.Train.Batch, Math.Max(seconds, 1e-9));
        log(string.Create(CultureInfo.InvariantCulture,
            $"Trying {groups.Count} groups on {smaller[SplitPart.Training].Length:N0} and {training:N0} training sets, ") +
            string.Create(CultureInfo.InvariantCulture,
            $"{steps:N0} steps each: about {Math.Ceiling(steps * seconds):N0} s."));
        return steps;
    }

    private void Try(LieGroup group, IReadOnlyList<LieGroup> groups, long steps)
    {
        var name = group.ToString();
        var clock = Stopwatch.StartNew();
        double[] small;
        using (var trial = new DiscoveryTrial(config, group, smaller))
        {
            trial.Train(steps, interruption);
            small = trial.Errors(null, interruption);
        }
        using var large = new DiscoveryTrial(config, group, all);
        large.Train(steps, interruption);
        var errors = large.Errors(null, interruption);
        if (errors.Concat(small).Any(error => !double.IsFinite(error)))
            throw new TrainingFailedException("The network's answers are not finite.");
        _candidates.Add(new DiscoveryCandidate(name, group.AlgebraDim, small, errors));
        log(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {DiscoveryText.Figure(small.Average(), IsOfClasses)} and " +
            $"{DiscoveryText.Figure(errors.Average(), IsOfClasses)} ({clock.Elapsed.TotalSeconds:F0} s)"));
        if (group != groups[0]) return;
        foreach (var other in groups.Skip(1))
            Attempt(other, () => _moved[other.ToString()] = large.Errors(new RandomMotions(other), interruption));
    }

    /// <summary>One group that does not fit the data does not end the others.</summary>
    private void Attempt(LieGroup group, Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure) when (failure is ArgumentException or TrainingFailedException)
        {
            _faults[group.ToString()] = failure.Message;
            log($"{group}: {failure.Message}");
        }
    }

    private DiscoveryReport Report(IReadOnlyList<LieGroup> groups, long steps)
    {
        var best = _candidates[DiscoveryRule.Best(_candidates)];
        var chosen = DiscoveryRule.Choose(_candidates, _constant);
        var none = _candidates[0];
        DiscoveryRow[] rows = [.. groups.Select(group => Row(group, best, none))];
        var report = new DiscoveryReport
        {
            Data = all.Sets.Description.TrimEnd('.'), Measure = IsOfClasses ? "wrong" : "deviation",
            SmallSets = smaller[SplitPart.Training].Length, Sets = all[SplitPart.Training].Length,
            Validated = all[SplitPart.Validation].Length, Steps = steps, ConstantError = _constant.Average(), Rows = rows,
            Recommended = chosen is { } place ? _candidates[place].Group : null, Recommendation = "",
        };
        return report with { Recommendation = DiscoveryText.Recommendation(report) };
    }

    private DiscoveryRow Row(LieGroup group, DiscoveryCandidate best, DiscoveryCandidate none)
    {
        var name = group.ToString();
        var row = new DiscoveryRow { Group = name, Dimension = group.AlgebraDim, Fault = _faults.GetValueOrDefault(name) };
        if (_candidates.FirstOrDefault(own => own.Group == name) is { } candidate)
        {
            var (excess, noise) = DiscoveryRule.Compare(candidate.Errors, best.Errors);
            row = row with
            {
                SmallError = candidate.SmallErrors.Average(), Error = candidate.Errors.Average(), Excess = excess,
                ExcessNoise = noise,
            };
        }
        if (!_moved.TryGetValue(name, out var moved)) return row;
        var (change, changeNoise) = DiscoveryRule.Compare(moved, none.Errors);
        return row with { MovedError = moved.Average(), Change = change, ChangeNoise = changeNoise };
    }
}
