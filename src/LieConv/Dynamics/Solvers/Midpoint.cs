namespace LieConv.Dynamics.Solvers;

/// <summary>The explicit midpoint rule.</summary>
/// <remarks>Two evaluations a step.</remarks>
/// <param name="substeps">Equal steps in each interval between two times.</param>
public sealed class Midpoint(int substeps = 1) : RungeKuttaSolver(Tableau, substeps)
{
    private static readonly ButcherTableau Tableau = new([0, 1.0 / 2], [[], [1.0 / 2]], [0, 1]);

    /// <inheritdoc/>
    public override string Name => "midpoint";

    /// <inheritdoc/>
    public override int Order => 2;
}
