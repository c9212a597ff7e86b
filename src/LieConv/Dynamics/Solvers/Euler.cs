namespace LieConv.Dynamics.Solvers;

/// <summary>Euler's method: the slope at the start of the step.</summary>
/// <remarks>One evaluation a step.</remarks>
/// <param name="substeps">Equal steps in each interval between two times.</param>
public sealed class Euler(int substeps = 1) : RungeKuttaSolver(Tableau, substeps)
{
    private static readonly ButcherTableau Tableau = new([0], [[]], [1]);

    /// <inheritdoc/>
    public override string Name => "euler";

    /// <inheritdoc/>
    public override int Order => 1;
}
