using LieConv.Dynamics.Solvers;

namespace LieConv.Training.Dynamics;

/// <summary>How long rollouts are compared with the true motion.</summary>
public sealed record RolloutOptions
{
    private const int UsualSystems = 20;

    /// <summary>Time steps of the data's length; may reach beyond the stored trajectories.</summary>
    /// <value>100</value>
    public int Steps { get; init; } = 100;

    /// <summary>Test systems; null for 20, or all where there are fewer.</summary>
    /// <value>null</value>
    public int? Systems { get; init; }

    /// <summary>Integrates the network's motion; null for the run's own.</summary>
    /// <value>null</value>
    public string? Solver { get; init; }

    /// <summary>How many systems are meant, of so many test systems.</summary>
    public int SystemsOf(int testSystems) => Systems ?? Math.Min(UsualSystems, testSystems);

    /// <summary>Checks everything, also against the number of test systems.</summary>
    /// <param name="testSystems">Test systems that there are.</param>
    /// <exception cref="ArgumentException">If something is out of range: one sentence.</exception>
    public void Check(int testSystems)
    {
        if (Steps < 1) throw new ArgumentException($"steps is {Steps}; expected at least 1.");
        if (SystemsOf(testSystems) is var systems && (systems < 1 || systems > testSystems))
            throw new ArgumentException($"systems is {systems}; expected 1 to {testSystems}, the test systems.");
        if (Solver is not null) OdeSolvers.Parse(Solver);
    }
}
