namespace LieConv.Training.Tasks.Points;

/// <summary>What becomes of the answers of the network without a symmetry when a group moves the sets.</summary>
public enum DiscoveryMoves
{
    /// <summary>Not to be told: it was not tried, it has learnt too little to ask, or noise hides it.</summary>
    Unknown,

    /// <summary>They stay as right as they were: the data have taught it the symmetry.</summary>
    Kept,

    /// <summary>They become wrong: either the target changes with such moves, or the data hold no sets so moved.</summary>
    Lost,
}
