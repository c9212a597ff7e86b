using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>
/// Integration whose gradients come from a second integration, backwards in time, instead of from stored steps: memory
/// does not grow with the number of steps.
/// </summary>
/// <remarks>
/// Chen, Rubanova, Bettencourt and Duvenaud, Neural Ordinary Differential Equations (2018): the adjoint a = ∂L/∂y
/// follows da/dt = -aᵀ ∂f/∂y, and the parameters' gradient is the integral of aᵀ ∂f/∂θ. The gradients carry the
/// error of that integration: they are not those of the discrete steps, which <see cref="OdeSolver.Solve"/> gives.
/// States are restored at each time asked for. The gradients cannot be differentiated again. An adaptive solver
/// controls the error of state, adjoint and parameter gradients together, and of the whole batch; where it fails in
/// the backward pass, which no exception can leave, the gradients are not a number.
/// </remarks>
public static class AdjointIntegration
{
    /// <summary>Integrates from the first time to the last.</summary>
    /// <param name="solver">The method, for both directions; not a symplectic one, since the adjoint equation has no
    /// separable energy.</param>
    /// <param name="field">The right-hand side; it is evaluated again in the backward pass, with a time of shape
    /// ().</param>
    /// <param name="initial">States at the first time, shape (b, ...), or () for one number.</param>
    /// <param name="times">Times, rising or falling.</param>
    /// <param name="parameters">What the field depends on and gradients are wanted for, beside the initial state; they
    /// must live until the backward pass.</param>
    /// <returns>States at the times, shape (t, b, ...), and the counts of the forward integration.</returns>
    /// <exception cref="ArgumentException">If the solver is symplectic, or for bad times.</exception>
    public static OdeSolution Solve(
        OdeSolver solver, VectorField field, Tensor initial, IReadOnlyList<double> times,
        IReadOnlyList<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(parameters);
        TimeGrid.Check(field, initial, times);
        if (solver is SymplecticSolver)
            throw new ArgumentException(
                $"{solver.Name} integrates separable energies only; expected a Runge-Kutta method for the adjoint.",
                nameof(solver));
        Tensor[] wanted = [.. parameters.Where(parameter => parameter.requires_grad)];
        var call = new AdjointCall(solver, field, [.. times], wanted);
        if (!is_grad_enabled() || (wanted.Length == 0 && !initial.requires_grad))
            return call.Forward(initial);
        using var scope = NewDisposeScope();
        var states = AdjointFunction.apply([initial, .. wanted, call]);
        return call.Counts with { States = scope.MoveToOuter(states) };
    }
}
