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
/// <param name="smaller">A part of them for each seed, and the same validation sets.</param>
/// <param name="log">Told what is done.</param>
/// <param name="interruption">Ends it.</param>
internal sealed class DiscoverySession(
    PointConfig config, DiscoveryOptions options, PointParts all, IReadOnlyList<PointParts> smaller, Action<string> log,
    CancellationToken interruption)
{
    private readonly Dictionary<string, List<DiscoveryRun>> _runs = [];
    private readonly Dictionary<string, List<(double[] Errors, double? Change)>> _moved = [];
    private readonly Dictionary<string, string> _faults = [];
    private double[] _constant = [];

    private bool IsOfClasses => config.Found!.Schema.Targets.All(target => target.Kind == PointTargetKind.Class);

    /// <summary>Trains all networks and compares them.</summary>
    /// <param name="groups">That without a symmetry first.</param>
    public DiscoveryReport Run(IReadOnlyList<LieGroup> groups)
    {
        var steps = Plan(groups);
        foreach (var group in groups.Where(group => !_faults.ContainsKey(group.ToString())))
            Attempt(group, () => Try(group, groups, steps, 0));
        if (!_runs.ContainsKey(groups[0].ToString()))
            throw new ArgumentException($"No network of {groups[0]} can be trained: {_faults[groups[0].ToString()]}");
        var candidates = Candidates(groups);
        foreach (var place in DiscoveryRule.Contenders(candidates, _constant).Take(Again(groups.Count)).Order())
        {
            var group = groups.First(own => own.ToString() == candidates[place].Group);
            Attempt(group, () => Try(group, groups, steps, 1));
        }
        return new DiscoveryReporting(config, all, smaller[0], steps, _constant)
            .Report(groups, Candidates(groups), _runs, _moved, _faults);
    }

    /// <summary>How many of so many groups are trained a second time, at most.</summary>
    private static int Again(int groups) => Math.Max(2, groups / 2);

    /// <summary>Times some steps of each network, and says how many fit.</summary>
    private long Plan(IReadOnlyList<LieGroup> groups)
    {
        List<double> seconds = [];
        foreach (var group in groups)
            Attempt(group, () =>
            {
                using var trial = new DiscoveryTrial(config, group, all, 0);
                if (options.Epochs is null && seconds.Count == 0) trial.WarmUp(interruption);
                seconds.Add(2 * trial.TimeSteps(interruption));
                if (_constant.Length == 0) _constant = trial.ConstantErrors(trial.Answer(null, interruption));
            });
        var together = seconds.Sum() * (1 + Again(groups.Count) / (double)groups.Count);
        var training = all[SplitPart.Training].Length;
        var steps = SymmetryDiscovery.Steps(
            options, (training + config.Train.Batch - 1) / config.Train.Batch, Math.Max(together, 1e-9));
        log(string.Create(CultureInfo.InvariantCulture,
            $"Trying {groups.Count} groups on {smaller[0][SplitPart.Training].Length:N0} and {training:N0} training sets, ") +
            string.Create(CultureInfo.InvariantCulture,
            $"{steps:N0} steps each: about {Math.Ceiling(steps * together):N0} s."));
        return steps;
    }

    private void Try(LieGroup group, IReadOnlyList<LieGroup> groups, long steps, int seed)
    {
        var name = group.ToString();
        var clock = Stopwatch.StartNew();
        double[] small;
        double smallFall;
        using (var trial = new DiscoveryTrial(config, group, smaller[seed], seed))
        {
            trial.Train(steps, interruption);
            (small, smallFall) = (trial.Errors(trial.Answer(null, interruption)), trial.Losses.Fall());
        }
        using var large = new DiscoveryTrial(config, group, all, seed);
        large.Train(steps, interruption);
        var answers = large.Answer(null, interruption);
        var errors = large.Errors(answers);
        if (errors.Concat(small).Any(error => !double.IsFinite(error)))
            throw new TrainingFailedException("The network's answers are not finite.");
        Add(_runs, name, new DiscoveryRun(small, errors, (smallFall, large.Losses.Fall())));
        log(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {DiscoveryText.Figure(small.Average(), IsOfClasses)} and " +
            $"{DiscoveryText.Figure(errors.Average(), IsOfClasses)} ({clock.Elapsed.TotalSeconds:F0} s)"));
        if (group != groups[0]) return;
        foreach (var other in groups.Skip(1))
            Attempt(other, () =>
            {
                var moved = large.Answer(new RandomMotions(other), interruption);
                Add(_moved, other.ToString(), (large.Errors(moved), large.Change(answers, moved)));
            });
    }

    private static void Add<T>(Dictionary<string, List<T>> lists, string name, T item)
    {
        if (!lists.TryGetValue(name, out var list)) lists[name] = list = [];
        list.Add(item);
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

    private List<DiscoveryCandidate> Candidates(IReadOnlyList<LieGroup> groups)
    {
        LieGroup[] trained = [.. groups.Where(group => _runs.ContainsKey(group.ToString()))];
        return
        [
            .. from @group in trained
               let runs = _runs[@group.ToString()]
               let small = runs.Select(run => run.Small).ToArray()
               let large = runs.Select(run => run.Large).ToArray()
               select new DiscoveryCandidate(
                   @group.ToString(), @group.AlgebraDim, DiscoveryRun.Mean(small), DiscoveryRun.Mean(large))
               {
                   SmallChance = DiscoveryRun.Chance(small), Chance = DiscoveryRun.Chance(large),
                   Moved = _moved.TryGetValue(@group.ToString(), out var moved)
                       ? DiscoveryRun.Mean([.. moved.Select(own => own.Errors)])
                       : [],
                   Subgroups = [.. trained.Where(own => own != @group && own.AlgebraDim < @group.AlgebraDim &&
                       GroupInclusion.Holds(@group, own)).Select(own => own.ToString())],
                   IsUnsettled = runs.Average(run => run.Fall.Large) > TrialLosses.Unsettled,
               },
        ];
    }
}
