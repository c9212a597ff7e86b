namespace LieConv.Training.Tasks.Points;

/// <summary>
/// Chooses a group by the errors of networks on the same validation sets: the one of the largest dimension of those that
/// cost nothing and that nothing speaks against, and of equally large ones the one with the smallest error.
/// </summary>
/// <remarks>
/// <para>A group that the data do not have blinds its network to something that the target depends on, which costs error; one
/// that they have costs none, so that the largest that costs none is that of the data. Noise is the standard error of the
/// mean paired difference, set by set: what is hard about a set is the same for both networks; where there were two seeds,
/// what the mean error differed by between them is added. More than two of them count. The same idea chooses the simplest of
/// the models within one standard error of the best (Breiman, Friedman, Olshen and Stone, Classification and Regression
/// Trees, 1984, section 3.4.3).</para>
/// <para>A wrong group may cost next to nothing, since sets hold traces of what it hides (how large a set is, say, by the
/// distances within it). Two things tell it from the right one. A symmetry that the data have never costs error against a
/// smaller one that it holds, with few training sets least of all. And a good network without a symmetry has learnt from the
/// data what leaves the target alone: its answers stay right when such elements move sets.</para>
/// <para>That a difference is not seen proves nothing where few sets are compared: a group is free only where a loss of a
/// fifth of what can be learnt would have been seen.</para>
/// </remarks>
internal sealed class DiscoveryRule
{
    /// <summary>Standard errors beyond which a difference is none of chance.</summary>
    public const double Limit = 2;

    /// <summary>Parts of what the best network has learnt: a loss too small to count where moved sets keep their answers, one
    /// that would have to be seen, and one beyond which a network is too poor to be asked about moved sets.</summary>
    private const double Slight = 0.05, Seen = 0.2, Poor = 0.25;

    private readonly IReadOnlyList<DiscoveryCandidate> _all;
    private readonly DiscoveryCandidate _best;
    private readonly double _learnt;
    private readonly double _constant;

    private DiscoveryRule(IReadOnlyList<DiscoveryCandidate> candidates, IReadOnlyList<double> constant)
    {
        (_all, _constant) = (candidates, constant.Average());
        _best = candidates[Best(candidates)];
        _learnt = _constant - _best.Errors.Average();
    }

    /// <summary>Mean and standard error of paired differences.</summary>
    public static (double Mean, double Noise) Compare(IReadOnlyList<double> errors, IReadOnlyList<double> others)
    {
        if (errors.Count != others.Count || errors.Count < 2)
            throw new ArgumentException(
                $"There are {errors.Count} and {others.Count} errors; expected as many, and 2 at least.", nameof(others));
        double[] differences = [.. errors.Zip(others, (a, b) => a - b)];
        var mean = differences.Average();
        var variance = differences.Sum(own => (own - mean) * (own - mean)) / (differences.Length - 1);
        return (mean, Math.Sqrt(variance / differences.Length));
    }

    /// <summary>By how much one is worse than another after training on all sets, with the chance in trainings.</summary>
    public static (double Mean, double Noise) Compare(DiscoveryCandidate one, DiscoveryCandidate other)
    {
        var (mean, noise) = Compare(one.Errors, other.Errors);
        return (mean, one == other ? 0 : Math.Sqrt(noise * noise + one.Chance + other.Chance));
    }

    /// <summary>The same after training on the smaller part.</summary>
    public static (double Mean, double Noise) CompareSmall(DiscoveryCandidate one, DiscoveryCandidate other)
    {
        var (mean, noise) = Compare(one.SmallErrors, other.SmallErrors);
        return (mean, one == other ? 0 : Math.Sqrt(noise * noise + one.SmallChance + other.SmallChance));
    }

    /// <summary>Whether errors are larger beyond noise.</summary>
    public static bool IsWorse(IReadOnlyList<double> errors, IReadOnlyList<double> others)
    {
        var (mean, noise) = Compare(errors, others);
        return mean > Limit * noise;
    }

    /// <summary>The place of the candidate with the smallest mean error.</summary>
    public static int Best(IReadOnlyList<DiscoveryCandidate> candidates) =>
        candidates.Index().MinBy(pair => pair.Item.Errors.Average()).Index;

    /// <summary>Whether a network has learnt most of what the best has, so that its answers on moved sets say
    /// something.</summary>
    /// <param name="error">Its mean error.</param>
    /// <param name="best">That of the best.</param>
    /// <param name="constant">That of a constant answer.</param>
    public static bool IsGood(double error, double best, double constant) => error - best <= Poor * (constant - best);

    /// <summary>Places of candidates that are worth another training, the closest first: that without a symmetry, and those
    /// whose loss is not beyond a quarter of what can be learnt.</summary>
    public static IEnumerable<int> Contenders(IReadOnlyList<DiscoveryCandidate> candidates, IReadOnlyList<double> constant)
    {
        var rule = new DiscoveryRule(candidates, constant);
        return candidates.Index()
            .Select(pair => (pair.Index, Loss: pair.Index == 0 ? double.NegativeInfinity : rule.LossOf(pair.Item)))
            .Where(pair => pair.Loss <= Poor).OrderBy(pair => pair.Loss).Select(pair => pair.Index);
    }

    /// <summary>Chooses.</summary>
    /// <param name="candidates">One at least, that without a symmetry first, with errors on the same sets.</param>
    /// <param name="constant">The errors of an answer that does not look at the set.</param>
    public static DiscoveryChoice Choose(IReadOnlyList<DiscoveryCandidate> candidates, IReadOnlyList<double> constant) =>
        new DiscoveryRule(candidates, constant).Choose(IsWorse(constant, candidates[Best(candidates)].Errors));

    private DiscoveryChoice Choose(bool isLearnt)
    {
        DiscoveryMoves[] moves = [.. _all.Select(own => isLearnt ? MovesOf(own) : DiscoveryMoves.Unknown)];
        DiscoveryVerdict[] verdicts = [.. _all.Index().Select(pair => VerdictOf(pair.Item, moves[pair.Index]))];
        if (!isLearnt) return new(DiscoveryOutcome.NothingLearnt, null, verdicts, moves, []);
        int[] against = [.. _all.Index().Where(pair =>
            verdicts[pair.Index] != DiscoveryVerdict.Costs && moves[pair.Index] == DiscoveryMoves.Lost &&
            !IsProven(pair.Item)).Select(pair => pair.Index)];
        var place = _all.Index()
            .Where(pair => verdicts[pair.Index] == DiscoveryVerdict.Free && !against.Contains(pair.Index))
            .OrderByDescending(pair => pair.Item.Dimension).ThenBy(pair => pair.Item.Errors.Average())
            .Select(pair => pair.Index).FirstOrDefault();
        DiscoveryChoice Ended(DiscoveryOutcome outcome, IEnumerable<int> rivals) =>
            new(outcome, place, verdicts, moves, [.. rivals.Where(rival => rival != place)]);

        // One that has learnt nearly all keeps its lead; what the others lack would show.
        if (_best.IsUnsettled && _best.Errors.Average() > Seen * _constant) return Ended(DiscoveryOutcome.TooShort, []);
        int[] unclear = [.. _all.Index().Where(pair =>
            verdicts[pair.Index] == DiscoveryVerdict.Unclear && !against.Contains(pair.Index) &&
            pair.Item.Dimension > _all[place].Dimension).Select(pair => pair.Index)];
        if (unclear.Length > 0) return Ended(DiscoveryOutcome.TooFew, unclear);
        if (against.Length == 0 && !verdicts.Contains(DiscoveryVerdict.Costs))
            return Ended(DiscoveryOutcome.NotToldApart, Enumerable.Range(0, _all.Count));
        // Nothing speaks for such a group; that it is not the data's would be as rash a word where there is no other.
        return place == 0 && against.Length > 0
            ? Ended(DiscoveryOutcome.NotSeenMoved, against)
            : Ended(DiscoveryOutcome.Named, []);
    }

    /// <summary>The part of what can be learnt that a candidate has not.</summary>
    private double LossOf(DiscoveryCandidate own) => Compare(own, _best).Mean / Math.Max(_learnt, double.Epsilon);

    private DiscoveryVerdict VerdictOf(DiscoveryCandidate own, DiscoveryMoves moves)
    {
        var least = moves == DiscoveryMoves.Kept ? Slight * _learnt : 0;
        var (mean, noise) = Compare(own, _best);
        if (IsBeyond((mean, noise), least)) return DiscoveryVerdict.Costs;
        if (SubgroupsOf(own).Any(other => IsBeyond(CompareSmall(own, other), least) || IsBeyond(Compare(own, other), least)))
            return DiscoveryVerdict.Costs;
        return mean + Limit * noise > Seen * _learnt ? DiscoveryVerdict.Unclear : DiscoveryVerdict.Free;
    }

    /// <summary>What the network without a symmetry says of moved sets, where it is good enough to be asked.</summary>
    private DiscoveryMoves MovesOf(DiscoveryCandidate own)
    {
        var none = _all[0];
        if (own.Moved.Count == 0 || !IsGood(none.Errors.Average(), _best.Errors.Average(), _constant))
            return DiscoveryMoves.Unknown;
        var (mean, noise) = Compare(own.Moved, none.Errors);
        var learnt = _constant - none.Errors.Average();
        if (mean + Limit * noise <= Seen * learnt && mean <= Math.Max(Slight * learnt, Limit * noise))
            return DiscoveryMoves.Kept;
        return mean - Limit * noise > Slight * learnt ? DiscoveryMoves.Lost : DiscoveryMoves.Unknown;
    }

    /// <summary>Whether it is better than all groups that it holds, at one of both sizes: then it must be of use.</summary>
    private bool IsProven(DiscoveryCandidate own) => SubgroupsOf(own).ToArray() is { Length: > 0 } others &&
        others.All(other => IsBeyond(Compare(other, own), 0) || IsBeyond(CompareSmall(other, own), 0));

    private IEnumerable<DiscoveryCandidate> SubgroupsOf(DiscoveryCandidate own) =>
        _all.Where(other => own.Subgroups.Contains(other.Group));

    private static bool IsBeyond((double Mean, double Noise) difference, double least) =>
        difference.Mean > Math.Max(Limit * difference.Noise, least);
}
