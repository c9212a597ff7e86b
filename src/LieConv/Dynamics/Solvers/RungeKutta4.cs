namespace LieConv.Dynamics.Solvers;

/// <summary>The classical Runge-Kutta method.</summary>
/// <remarks>Four evaluations a step. Kutta 1901; the original's "rk4" is <see cref="RungeKutta38"/>.</remarks>
/// <param name="substeps">Equal steps in each interval between two times.</param>
public sealed class RungeKutta4(int substeps = 1) : RungeKuttaSolver(Tableau, substeps)
{
    private static readonly ButcherTableau Tableau = new(
        [0, 1.0 / 2, 1.0 / 2, 1], [[], [1.0 / 2], [0, 1.0 / 2], [0, 0, 1]], [1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6]);

    /// <inheritdoc/>
    public override string Name => "rk4-classical";

    /// <inheritdoc/>
    public override int Order => 4;
}
