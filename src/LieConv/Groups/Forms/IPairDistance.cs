namespace LieConv.Groups;

/// <summary>A group's distance of one pair, in double precision: for searches that look at few pairs, one by one.
/// </summary>
internal interface IPairDistance
{
    /// <summary>The distance.</summary>
    /// <param name="u">The query's element or position.</param>
    /// <param name="v">The neighbour's.</param>
    /// <param name="limit">A distance from which on the pair does not matter: any number not below it may be given
    /// then.</param>
    double Of(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double limit);
}
