using LieConv.Datasets.Points;
using LieConv.Groups;
using LieConv.Training.Preparation;

namespace LieConv.Training.Tasks.Points;

/// <summary>Makes a report of what trainings gave.</summary>
/// <param name="config">The configuration with its scales.</param>
/// <param name="all">All training sets.</param>
/// <param name="smaller">The smaller part.</param>
/// <param name="steps">Steps of each training.</param>
/// <param name="constant">The errors of a constant answer.</param>
internal sealed class DiscoveryReporting(
    PointConfig config, PointParts all, PointParts smaller, long steps, double[] constant)
{
    /// <summary>The report.</summary>
    /// <param name="groups">All groups, that without a symmetry first.</param>
    /// <param name="candidates">Those that could be trained, in the same order.</param>
    /// <param name="runs">Their trainings by name.</param>
    /// <param name="changes">How far their elements change answers, a number a seed, by name.</param>
    /// <param name="faults">Why others could not be trained, by name.</param>
    public DiscoveryReport Report(
        IReadOnlyList<LieGroup> groups, IReadOnlyList<DiscoveryCandidate> candidates,
        IReadOnlyDictionary<string, List<DiscoveryRun>> runs,
        IReadOnlyDictionary<string, List<(double[] Errors, double? Change)>> changes,
        IReadOnlyDictionary<string, string> faults)
    {
        var choice = DiscoveryRule.Choose(candidates, constant);
        var rows = groups.Select(group =>
        {
            var name = group.ToString();
            var row = new DiscoveryRow
            {
                Group = name, Dimension = group.AlgebraDim, Fault = faults.GetValueOrDefault(name),
                AnswerChange = changes.TryGetValue(name, out var own) ? own.Average(pair => pair.Change) : null,
            };
            var place = candidates.Index().Where(pair => pair.Item.Group == name).Select(pair => (int?)pair.Index)
                .FirstOrDefault();
            return place is { } found ? Filled(row, candidates, found, choice, runs[name]) : row;
        });
        var report = new DiscoveryReport
        {
            Data = all.Sets.Description.TrimEnd('.'),
            Measure = config.Found!.Schema.Targets.All(target => target.Kind == PointTargetKind.Class)
                ? "wrong"
                : "deviation",
            SmallSets = smaller[SplitPart.Training].Length, Sets = all[SplitPart.Training].Length,
            Validated = all[SplitPart.Validation].Length, Steps = steps, ConstantError = constant.Average(),
            Rows = [.. rows], Outcome = choice.Outcome,
            Rivals = choice is { Outcome: DiscoveryOutcome.Named } or { Place: null }
                ? []
                : [.. choice.Rivals.Append(choice.Place.Value).Order().Select(rival => candidates[rival].Group)],
            Recommended = choice.Outcome == DiscoveryOutcome.Named ? candidates[choice.Place!.Value].Group : null,
            Recommendation = "",
        };
        return report with { Recommendation = DiscoveryText.Recommendation(report) };
    }

    private static DiscoveryRow Filled(
        DiscoveryRow row, IReadOnlyList<DiscoveryCandidate> candidates, int place, DiscoveryChoice choice,
        List<DiscoveryRun> runs)
    {
        var (own, none) = (candidates[place], candidates[0]);
        var (excess, noise) = DiscoveryRule.Compare(own, candidates[DiscoveryRule.Best(candidates)]);
        row = row with
        {
            Seeds = runs.Count, Verdict = choice.Verdicts[place], Moves = choice.Moves[place],
            SmallError = own.SmallErrors.Average(), Error = own.Errors.Average(), Excess = excess, ExcessNoise = noise,
            SmallFall = runs.Average(run => run.Fall.Small), Fall = runs.Average(run => run.Fall.Large),
        };
        if (own.Moved.Count == 0) return row;
        var (change, changeNoise) = DiscoveryRule.Compare(own.Moved, none.Errors);
        return row with { MovedError = own.Moved.Average(), Change = change, ChangeNoise = changeNoise };
    }
}
