namespace LieConv.Training.Preparation;

/// <summary>Which group is in which part, and how far the parts are from their shares.</summary>
internal sealed class GroupPlacement
{
    private readonly SplitPart[] _parts;
    private readonly (int Stratum, int Count)[][] _contents;
    private readonly int[] _sizes;
    private readonly double[][] _targets;
    private readonly int[][] _counts;
    private readonly double[] _sizeTargets;
    private readonly int[] _sizeCounts = new int[SplitFractions.Parts];
    private readonly double _sizeWeight;

    public GroupPlacement(int[][] members, SetStrata strata, SplitFractions fractions, double sizeWeight)
    {
        _sizeWeight = sizeWeight;
        _parts = new SplitPart[members.Length];
        _sizes = [.. members.Select(own => own.Length)];
        _contents =
        [
            .. members.Select(own => own.GroupBy(set => strata.Of[set]).Select(kind => (kind.Key, kind.Count())).ToArray()),
        ];
        var totals = strata.Members().Select(own => own.Count).ToArray();
        var parts = Enumerable.Range(0, SplitFractions.Parts).Select(p => fractions[(SplitPart)p]).ToArray();
        _targets = [.. parts.Select(fraction => totals.Select(total => fraction * total).ToArray())];
        _counts = [.. parts.Select(_ => new int[totals.Length])];
        _sizeTargets = [.. parts.Select(fraction => fraction * strata.Of.Count)];
    }

    public SplitPart PartOf(int group) => _parts[group];

    public void Place(int group, SplitPart part)
    {
        _parts[group] = part;
        Add(group, 1);
    }

    public void Take(int group) => Add(group, -1);

    /// <summary>By how much the squared distances from the shares grow, each in units of its share.</summary>
    public double CostOfAdding(int group, SplitPart part)
    {
        var p = (int)part;
        var cost = _sizeWeight * Growth(_sizeCounts[p], _sizes[group], _sizeTargets[p]);
        foreach (var (stratum, count) in _contents[group]) cost += Growth(_counts[p][stratum], count, _targets[p][stratum]);
        return cost;
    }

    private static double Growth(int have, int more, double target) => more * (2 * (have - target) + more) / target;

    private void Add(int group, int sign)
    {
        var p = (int)_parts[group];
        _sizeCounts[p] += sign * _sizes[group];
        foreach (var (stratum, count) in _contents[group]) _counts[p][stratum] += sign * count;
    }
}
