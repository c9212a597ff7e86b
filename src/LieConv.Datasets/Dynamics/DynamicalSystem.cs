using LieConv.Dynamics;

namespace LieConv.Datasets.Dynamics;

/// <summary>A kind of system to make trajectories of: its energy, and how it starts.</summary>
/// <remarks>An energy and a sampler are enough; Hamilton's equations follow by automatic differentiation. The rest makes
/// the data faster or more exact.</remarks>
/// <param name="Name">Name, as typed on the command line.</param>
/// <param name="Parameters">Numbers c that describe a particle; the first is the mass.</param>
/// <param name="Energy">The energy H.</param>
/// <param name="Sampler">Draws the initial states.</param>
public sealed record DynamicalSystem(string Name, int Parameters, EnergyFunction Energy, SystemSampler Sampler)
{
    /// <summary>Points of a trajectory where a system has no number of its own.</summary>
    internal const int UsualPoints = 500;

    /// <summary>Draws the initial states as the original does; null where there is no original.</summary>
    /// <value>null.</value>
    public SystemSampler? PaperSampler { get; init; }

    /// <summary>Hamilton's equations in closed form.</summary>
    /// <value>null: the energy is differentiated.</value>
    public Func<ParticleSystems, VectorField>? ClosedField { get; init; }

    /// <summary>The motion in closed form.</summary>
    /// <value>null: the equations are integrated.</value>
    public ExactMotion? Motion { get; init; }

    /// <summary>Time points of a whole trajectory.</summary>
    /// <value>500.</value>
    public int Points { get; init; } = UsualPoints;

    /// <summary>The vector field of given systems.</summary>
    public VectorField Field(ParticleSystems systems) =>
        ClosedField is null ? HamiltonianFlow.Create(Energy, systems) : ClosedField(systems);
}
