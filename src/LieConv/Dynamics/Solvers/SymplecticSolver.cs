using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>
/// Compositions of leapfrog steps, kick, drift, kick: p' = p + h/2 F(q), q' = q + h v(p'), p'' = p' + h/2 F(q'). They
/// keep the symplectic form, so that the energy swings about its value instead of drifting away, and run backwards to
/// where they came from.
/// </summary>
/// <remarks>
/// The field must be that of a separable energy H(q, p) = T(p) + V(q, t): its velocities must depend on the momenta
/// alone and its forces on the positions alone. That is not checked; for another field the order and the symplectic
/// form are lost. States have shape (b, 2, n, D). Two evaluations for each leapfrog, since the force at its end is that
/// at the start of the next, and one at the beginning.
/// </remarks>
public abstract class SymplecticSolver : FixedStepSolver
{
    private readonly double[] _parts;

    /// <summary>Makes the solver.</summary>
    /// <param name="parts">Lengths of the leapfrogs as parts of the step; their sum is 1.</param>
    /// <param name="substeps">Equal steps in each interval between two times.</param>
    private protected SymplecticSolver(double[] parts, int substeps) : base(substeps) => _parts = parts;

    private protected sealed override void CheckState(Tensor initial) =>
        Guard.HasShape(initial, nameof(initial), "(b, 2, n, D)", null, 2, null, null);

    private protected sealed override StepResult Step(CountedField field, double start, double end, StepResult from)
    {
        var (position, momentum) = (PhaseSpace.Positions(from.State), PhaseSpace.Momenta(from.State));
        var force = from.Carried ?? Force(field, start, position, momentum);
        var (length, reached) = (end - start, 0.0);
        foreach (var part in _parts)
        {
            var (step, begin) = (part * length, start + reached * length);
            momentum = momentum.add(force, alpha: Scalars.Of(step / 2));
            var velocity = PhaseSpace.Positions(field.At(begin + step / 2, PhaseSpace.Join(position, momentum)));
            position = position.add(velocity, alpha: Scalars.Of(step));
            force = Force(field, begin + step, position, momentum);
            momentum = momentum.add(force, alpha: Scalars.Of(step / 2));
            reached += part;
        }
        return new StepResult(PhaseSpace.Join(position, momentum), force);
    }

    // A copy: what is carried to the next step must not keep the whole slope alive.
    private static Tensor Force(CountedField field, double time, Tensor position, Tensor momentum) =>
        PhaseSpace.Momenta(field.At(time, PhaseSpace.Join(position, momentum))).clone();
}
