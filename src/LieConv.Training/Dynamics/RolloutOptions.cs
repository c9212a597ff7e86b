namespace LieConv.Training.Dynamics;

/// <summary>How long rollouts are compared with the true motion.</summary>
public sealed record RolloutOptions
{
    /// <summary>Time steps of the data's length; may reach beyond the stored trajectories.</summary>
    /// <value>100</value>
    public int Steps { get; init; } = 100;

    /// <summary>Test systems.</summary>
    /// <value>20</value>
    public int Systems { get; init; } = 20;

    /// <summary>Integrates the network's motion; null for the run's own.</summary>
    /// <value>null</value>
    public string? Solver { get; init; }
}
