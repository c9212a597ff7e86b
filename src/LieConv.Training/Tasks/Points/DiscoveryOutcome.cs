namespace LieConv.Training.Tasks.Points;

/// <summary>How a discovery ended.</summary>
public enum DiscoveryOutcome
{
    /// <summary>A group is recommended; it may be the one that does nothing.</summary>
    Named,

    /// <summary>No network is better than a constant answer.</summary>
    NothingLearnt,

    /// <summary>The best network was still learning fast when its training ended.</summary>
    TooShort,

    /// <summary>All groups do as well, and no move changes the answers: the target does not tell them apart.</summary>
    NotToldApart,

    /// <summary>Too few sets are compared: a larger group may cost something or nothing.</summary>
    TooFew,

    /// <summary>A group costs nothing, but the data hold no sets that it has moved, so that nothing speaks for
    /// it.</summary>
    NotSeenMoved,
}
