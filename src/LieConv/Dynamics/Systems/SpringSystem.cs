using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Systems;

/// <summary>
/// Particles that are all joined by springs of rest length zero: H = Σ p_i²/2m_i + Σ_{i&lt;j} k_i k_j |q_i - q_j|²
/// (Finzi et al. 2020, section 6.3; there is no factor 1/2 for a pair). Quantities have no units.
/// </summary>
/// <remarks>Parameters of a particle: its mass m and its k, of which the product is the stiffness of a spring. Plain
/// sums of squares, so that derivatives of every order are finite where particles coincide.</remarks>
public static class SpringSystem
{
    /// <summary>Numbers that describe a particle: mass and k.</summary>
    public const int Parameters = 2;

    /// <summary>The energy, shape (b). Padding contributes nothing, whatever it holds.</summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Masses and k of the particles, shape (b, n, 2), and the mask.</param>
    /// <exception cref="ArgumentException">A shape is not as described.</exception>
    public static Tensor Energy(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var valid = Particles.Valid(state, systems, Parameters);
        var strength = Strengths(systems);
        var separation = Particles.Separations(PhaseSpace.Positions(valid));                // (b, n, n, D)
        var stiffness = strength.unsqueeze(-1) * strength.unsqueeze(-2);                    // (b, n, n)
        var potential = (stiffness * (separation * separation).sum(-1)).sum([-2L, -1L]) / Scalars.Of(2);
        return scope.MoveToOuter(
            HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(valid), systems) + potential);
    }

    /// <summary>Hamilton's equations in closed form, in n rather than n² terms: dp_i/dt = -2 k_i Σ_j k_j (q_i - q_j).
    /// </summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Masses and k of the particles, shape (b, n, 2), and the mask.</param>
    /// <returns>dz/dt, shape (b, 2, n, D); 0 for padding.</returns>
    /// <exception cref="ArgumentException">A shape is not as described.</exception>
    public static Tensor Derivative(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var valid = Particles.Valid(state, systems, Parameters);
        var strength = Strengths(systems).unsqueeze(-1);                                    // (b, n, 1)
        var positions = PhaseSpace.Positions(valid);
        var pull = strength.sum(-2, keepdim: true) * positions - (strength * positions).sum(-2, keepdim: true);
        return scope.MoveToOuter(PhaseSpace.Join(
            PhaseSpace.Momenta(valid) / systems.Masses.unsqueeze(-1), Scalars.Of(-2) * strength * pull));
    }

    /// <summary>The vector field of given systems, by <see cref="Derivative"/>.</summary>
    public static VectorField Field(ParticleSystems systems) => (_, state) => Derivative(state, systems);

    /// <summary>
    /// The exact motion: the equations are linear, so that every system is a sum of normal modes. Serves as the truth
    /// that solvers are measured by.
    /// </summary>
    /// <remarks>With y = √m q the equations are y'' = -A y, A = 2 (S diag k - k kᵀ) / √(m mᵀ), S = Σ k, for each
    /// coordinate of space alike; the eigenvalues of A are the squared angular frequencies. Accurate to about 1e-11 in
    /// float64, at any time. Not for gradients: frequencies may coincide.</remarks>
    /// <param name="initial">States at time 0, shape (b, 2, n, D).</param>
    /// <param name="systems">Masses and k of the particles, shape (b, n, 2), and the mask.</param>
    /// <param name="times">Times in the type of the states: the same for all systems, shape (T), or its own for each,
    /// shape (b, T).</param>
    /// <returns>States, shape (b, T, 2, n, D).</returns>
    /// <exception cref="ArgumentException">A shape is not as described.</exception>
    public static Tensor Motion(Tensor initial, ParticleSystems systems, Tensor times)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var valid = Particles.Valid(initial, systems, Parameters);
        Guard.IsWide(initial, nameof(initial));
        if (valid.shape[0] == 0 || valid.shape[2] == 0)
            throw new ArgumentException(
                $"initial has shape ({string.Join(", ", valid.shape)}); expected at least one system and one particle.",
                nameof(initial));
        var (root, strength) = (systems.Masses.sqrt(), Strengths(systems));
        ArgumentNullException.ThrowIfNull(times);
        Guard.HasShape(times, nameof(times), "(T) or (b, T)", times.dim() == 1 ? [null] : [valid.shape[0], null]);
        Guard.Like(times, nameof(times), initial, nameof(initial));
        var coupling = diag_embed(strength * strength.sum(-1, keepdim: true))
            - strength.unsqueeze(-1) * strength.unsqueeze(-2);
        var (squares, modes) = linalg.eigh(Scalars.Of(2) * coupling / (root.unsqueeze(-1) * root.unsqueeze(-2)));
        var (toModes, scale) = (modes.transpose(-2, -1), root.unsqueeze(-1));               // (b, n, n), (b, n, 1)
        var position = toModes.bmm(scale * PhaseSpace.Positions(valid)).unsqueeze(1);       // (b, 1, n, D)
        var velocity = toModes.bmm(PhaseSpace.Momenta(valid) / scale).unsqueeze(1);

        var time = times.dim() == 1 ? times.reshape(1, -1, 1, 1) : times.unsqueeze(-1).unsqueeze(-1);
        var frequency = squares.clamp(min: Scalars.Of(0)).sqrt().unsqueeze(1).unsqueeze(-1);            // (b, 1, n, 1)
        var phase = frequency * time;                                                       // (b, T, n, 1)
        // sin(ωt)/ω, which is t for the centre's mode at rest.
        var (cosine, sine) = (phase.cos(), time * SafeSeries.Sinc(phase * phase));
        var moved = cosine * position + sine * velocity;                                    // (b, T, n, D)
        var speed = cosine * velocity - frequency * frequency * sine * position;
        var back = modes.unsqueeze(1).expand(-1, moved.shape[1], -1, -1);
        return scope.MoveToOuter(PhaseSpace.Join(
            back.matmul(moved) / scale.unsqueeze(1), back.matmul(speed) * scale.unsqueeze(1)));
    }

    private static Tensor Strengths(ParticleSystems systems)
    {
        var strength = systems.Parameters.select(-1, 1);
        return systems.Mask is null ? strength : strength.masked_fill(systems.Mask.logical_not(), Scalars.Of(0));
    }
}
