using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Systems;

/// <summary>
/// Bodies that attract each other by gravity with G = 1: H = Σ p_i²/2m_i - Σ_{i&lt;j} m_i m_j / (|q_i - q_j| + 1e-8).
/// Quantities have no units.
/// </summary>
/// <remarks>Parameters of a body: its mass. All derivatives are finite as long as no two bodies coincide; where they do,
/// their force is 0, as in the original.</remarks>
public static class GravitySystem
{
    /// <summary>Numbers that describe a body: its mass.</summary>
    public const int Parameters = 1;

    /// <summary>What is added to every distance, as in the original; a guard against division by zero, too small to
    /// tame close encounters.</summary>
    public const double Softening = 1e-8;

    /// <summary>The energy, shape (b). Padding contributes nothing, whatever it holds.</summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Masses of the bodies, shape (b, n, 1), and the mask.</param>
    /// <exception cref="ArgumentException">A shape is not as described.</exception>
    public static Tensor Energy(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var valid = Particles.Valid(state, systems, Parameters);
        var separation = Particles.Separations(PhaseSpace.Positions(valid));                // (b, n, n, D)
        var potential =
            (Products(systems) / (Distances(separation) + Scalars.Of(Softening))).sum([-2L, -1L]) / Scalars.Of(-2);
        return scope.MoveToOuter(
            HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(valid), systems) + potential);
    }

    /// <summary>Hamilton's equations in closed form.</summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Masses of the bodies, shape (b, n, 1), and the mask.</param>
    /// <returns>dz/dt, shape (b, 2, n, D); 0 for padding.</returns>
    /// <exception cref="ArgumentException">A shape is not as described.</exception>
    public static Tensor Derivative(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var valid = Particles.Valid(state, systems, Parameters);
        var separation = Particles.Separations(PhaseSpace.Positions(valid));                // (b, n, n, D)
        var distance = Distances(separation);
        var softened = distance + Scalars.Of(Softening);
        // A coincident pair has separation 0, so that the distance in the divisor may be anything but 0.
        var pull = Products(systems) /
            (softened * softened * distance.masked_fill(distance == Scalars.Of(0), Scalars.Of(1)));
        var force = -(pull.unsqueeze(-1) * separation).sum(-2);
        return scope.MoveToOuter(
            PhaseSpace.Join(PhaseSpace.Momenta(valid) / systems.Masses.unsqueeze(-1), force));
    }

    /// <summary>The vector field of given systems, by <see cref="Derivative"/>.</summary>
    public static VectorField Field(ParticleSystems systems) => (_, state) => Derivative(state, systems);

    /// <summary>|q_i - q_j|, shape (b, n, n), with derivative 0 instead of NaN where it is 0: the root sees a 1 there.
    /// </summary>
    private static Tensor Distances(Tensor separation)
    {
        var squared = (separation * separation).sum(-1);
        var coincident = squared == Scalars.Of(0);
        return squared.masked_fill(coincident, Scalars.Of(1)).sqrt().masked_fill(coincident, Scalars.Of(0));
    }

    /// <summary>m_i m_j, shape (b, n, n); 0 for a body with itself and for padding.</summary>
    private static Tensor Products(ParticleSystems systems)
    {
        var mass = systems.Parameters.select(-1, 0);
        if (systems.Mask is not null) mass = mass.masked_fill(systems.Mask.logical_not(), Scalars.Of(0));
        var own = eye(mass.shape[^1], dtype: ScalarType.Bool, device: mass.device);
        return (mass.unsqueeze(-1) * mass.unsqueeze(-2)).masked_fill(own, Scalars.Of(0));
    }
}
