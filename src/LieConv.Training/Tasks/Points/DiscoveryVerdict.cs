namespace LieConv.Training.Tasks.Points;

/// <summary>What a group's symmetry costs, by the errors of its network.</summary>
public enum DiscoveryVerdict
{
    /// <summary>There are no figures.</summary>
    Unknown,

    /// <summary>Nothing: its error is that of the best.</summary>
    Free,

    /// <summary>Not worse beyond noise, but the noise would hide a loss.</summary>
    Unclear,

    /// <summary>Its error is above that of the best, or of a group that it holds, beyond noise.</summary>
    Costs,
}
