namespace LieConv.Training.Tasks.Points;

/// <summary>The sentences of a recommendation.</summary>
/// <param name="report">What was found, but for the recommendation.</param>
internal sealed class DiscoveryEvidence(DiscoveryReport report)
{
    private readonly bool _isClass = DiscoveryText.IsOfClasses(report);

    private DiscoveryRow None => report.Rows[0];

    private DiscoveryRow Best => report.Rows.Where(row => row.Error is not null).MinBy(row => row.Error)!;

    /// <summary>All of them in one line.</summary>
    public string Text() => report.Outcome switch
    {
        DiscoveryOutcome.NothingLearnt =>
            $"Cannot tell: the best network, that of {Best.Group}, has an error of {Figure(Best.Error)}, which is not " +
            $"better beyond noise than the {Figure(report.ConstantError)} of a constant answer. Try more data, a larger " +
            "--budget, or other columns.",
        DiscoveryOutcome.TooShort =>
            $"Cannot tell: the trainings were too short. The loss of the best network, that of {Best.Group}, still " +
            "fell fast, and others may overtake it. Try a larger --budget.",
        DiscoveryOutcome.NotToldApart when report.Rows.Count(row => row.Error is not null) < 2 =>
            $"Cannot tell: no network of a group could be trained. {report.Rows[^1].Group}: {report.Rows[^1].Fault}",
        DiscoveryOutcome.NotToldApart =>
            $"Cannot tell: the networks of all groups are as good within noise ({Figure(Best.Error)} to " +
            $"{Figure(report.Rows.Max(row => row.Error))} on {Sets(report.Sets)}), and what is to be learnt does not " +
            $"tell the groups apart. {AllMoves()}",
        DiscoveryOutcome.TooFew =>
            $"Cannot tell {List(report.Rivals)} apart: on {report.Validated} validation sets noise hides what the larger " +
            "ones may cost. Try more data, or a larger part to compare on.",
        DiscoveryOutcome.NotSeenMoved =>
            $"Cannot tell {List(report.Rivals)} apart: their networks are as good within noise, but the answers of " +
            $"{None.Group} become wrong on sets that these groups have moved, and so the data hold none of them: whether " +
            "moved sets keep what is to be learnt is not to be seen. Take a group if you know that they do; the network " +
            "loses nothing by it here.",
        _ => report.Recommended == None.Group ? Nothing() : Named(Row(report.Recommended!)),
    };

    private string Nothing()
    {
        var next = report.Rows.Where(row => row != None && row.Excess is not null).MinBy(row => row.Excess)!;
        var least = report.Rows.Where(row => row.Change is not null).MinBy(row => row.Change);
        return $"Recommended: --group {None.Group}, no symmetry: its error of {Figure(None.Error)} on " +
            $"{Sets(report.Sets)} is {Rank(None)}, and every group costs more than noise, {next.Group} the least (" +
            $"{Difference(next.Excess, next.ExcessNoise)}{OnFewer(next)})." + (least is null ? "" :
                $" {Learnt(least)}Random elements of the groups change its answers by " +
                $"{DiscoveryText.Change(least.AnswerChange)} of their spread and its error by " +
                $"{Difference(least.Change, least.ChangeNoise)} ({least.Group}) or more.");
    }

    private string Named(DiscoveryRow chosen)
    {
        var next = report.Rows.Where(row => row != chosen && row.Excess is not null && row.Dimension >= chosen.Dimension)
            .MinBy(row => row.Excess);
        return $"Recommended: --group {chosen.Group}: its error of {Figure(chosen.Error)} on {Sets(report.Sets)} is " +
            $"{Rank(chosen)} ({None.Group}: {Figure(None.Error)}; on {Sets(report.SmallSets)} {Figure(chosen.SmallError)} " +
            $"against {Figure(None.SmallError)})" + (next is null ? ". " :
                $", and of the others of its dimension or a larger one, {next.Group} comes next " +
                $"({Difference(next.Excess, next.ExcessNoise)} above the best{OnFewer(next)}). ") + Moved(chosen) +
            Unmoved(chosen);
    }

    /// <summary>What moved sets say of the group that is recommended.</summary>
    private string Moved(DiscoveryRow row)
    {
        if (row.Change is null) return $"{None.Group} was not tried on moved sets.";
        if (!HasLearnt()) return $"{None.Group} has learnt too little for its answers on moved sets to say anything.";
        var change = $"Random elements of {row.Group} change the answers of {None.Group} by " +
            $"{DiscoveryText.Change(row.AnswerChange)} of their spread and its error by " +
            $"{Difference(row.Change, row.ChangeNoise)}: ";
        return change + row.Moves switch
        {
            DiscoveryMoves.Kept => "it has learnt this symmetry from the data.",
            DiscoveryMoves.Lost => "it has not learnt this symmetry, of which the data hold too few moved sets; that its " +
                "own network is better speaks for it.",
            _ => "that alone decides nothing.",
        };
    }

    /// <summary>Larger groups that cost nothing and were not taken.</summary>
    private string Unmoved(DiscoveryRow chosen)
    {
        string[] others =
        [
            .. report.Rows.Where(row => row.Dimension > chosen.Dimension && row.Moves == DiscoveryMoves.Lost &&
                row.Verdict is DiscoveryVerdict.Free or DiscoveryVerdict.Unclear).Select(row => row.Group),
        ];
        return others.Length == 0 ? "" :
            $" {List(others)} cost{(others.Length == 1 ? "s" : "")} no error that is seen, but nothing speaks for more " +
            $"symmetry: on sets so moved the answers of {None.Group} become wrong.";
    }

    private string AllMoves()
    {
        var moves = report.Rows.Where(row => row.AnswerChange is not null).ToArray();
        if (!HasLearnt() || moves.Length == 0) return $"{None.Group} has learnt too little for moved sets to say more.";
        var most = moves.MaxBy(row => row.AnswerChange)!;
        return $"Random elements change the answers of {None.Group} by {DiscoveryText.Change(most.AnswerChange)} of their " +
            $"spread at most ({most.Group}).";
    }

    /// <summary>A warning where the network without a symmetry says nothing of moved sets.</summary>
    private string Learnt(DiscoveryRow row) => row.Moves == DiscoveryMoves.Unknown && !HasLearnt()
        ? $"{None.Group} has learnt little, so that moved sets say little: "
        : "";

    /// <summary>Whether the network without a symmetry is good enough to be asked about moved sets.</summary>
    private bool HasLearnt() => DiscoveryRule.IsGood(None.Error!.Value, Best.Error!.Value, report.ConstantError);

    private string Rank(DiscoveryRow row) => row == Best ? "the smallest" : $"that of the best ({Best.Group}) within noise";

    /// <summary>That a loss shows after training on the smaller part.</summary>
    private string OnFewer(DiscoveryRow row) =>
        row.Verdict == DiscoveryVerdict.Costs && row.Excess <= DiscoveryRule.Limit * row.ExcessNoise
            ? $", and more on {Sets(report.SmallSets)}: {Figure(row.SmallError)}"
            : "";

    private DiscoveryRow Row(string name) => report.Rows.First(row => row.Group == name);

    private string Figure(double? error) => DiscoveryText.Figure(error!.Value, _isClass);

    private string Difference(double? mean, double? noise) => DiscoveryText.Difference(mean, noise, _isClass);

    private static string Sets(int count) => DiscoveryText.Sets(count);

    private static string List(IReadOnlyList<string> names) => names.Count < 2
        ? string.Concat(names)
        : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}
