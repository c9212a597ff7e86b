namespace LieConv.Dynamics.Solvers;

/// <summary>Kutta's 3/8 rule, which torchdiffeq and so the original call "rk4".</summary>
/// <remarks>Four evaluations a step. Kutta 1901; its error constants are smaller than the classical method's.</remarks>
/// <param name="substeps">Equal steps in each interval between two times.</param>
public sealed class RungeKutta38(int substeps = 1) : RungeKuttaSolver(Tableau, substeps)
{
    private static readonly ButcherTableau Tableau = new(
        [0, 1.0 / 3, 2.0 / 3, 1], [[], [1.0 / 3], [-1.0 / 3, 1], [1, -1, 1]], [1.0 / 8, 3.0 / 8, 3.0 / 8, 1.0 / 8]);

    /// <inheritdoc/>
    public override string Name => "rk4";

    /// <inheritdoc/>
    public override int Order => 4;
}
