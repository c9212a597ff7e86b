using LieConv.Dynamics.Solvers;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>How long rollouts are compared with the true motion.</summary>
public sealed record RolloutOptions
{
    /// <summary>Time steps of a rollout at most.</summary>
    public const int MaximumSteps = 1_000_000;

    private const int UsualSystems = 20;

    /// <summary>Numbers of all states of a rollout at most: 2 GiB in float64.</summary>
    private const double MaximumNumbers = 1L << 28;

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
        if (Steps is < 1 or > MaximumSteps)
            throw new ArgumentException($"steps is {Steps}; expected 1 to {MaximumSteps}.");
        if (SystemsOf(testSystems) is var systems && (systems < 1 || systems > testSystems))
            throw new ArgumentException($"systems is {systems}; expected 1 to {testSystems}, the test systems.");
        if (Solver is not null) OdeSolvers.Parse(Solver);
    }

    /// <summary>Refuses motions that would not fit into the memory.</summary>
    /// <param name="steps">Time steps.</param>
    /// <param name="particles">Particles of all systems together.</param>
    /// <param name="dimensions">Dimensions of their space.</param>
    /// <exception cref="ArgumentException">If there are too many numbers: one sentence.</exception>
    public static void CheckSize(int steps, long particles, int dimensions)
    {
        var most = Math.Floor(MaximumNumbers / (2.0 * particles * dimensions));
        if (steps > most)
            throw new ArgumentException(FormattableString.Invariant(
                $"{steps} steps of {particles} particles are too many to be kept; expected at most {most:F0} steps."));
    }
}
