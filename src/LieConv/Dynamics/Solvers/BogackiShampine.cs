namespace LieConv.Dynamics.Solvers;

/// <summary>The Bogacki-Shampine method of order 3 with an embedded one of order 2.</summary>
/// <remarks>
/// Three evaluations a step tried, and two at the beginning; cheaper than <see cref="DormandPrince"/> where little
/// accuracy is asked for. Bogacki and Shampine, A 3(2) pair of Runge-Kutta formulas, Appl. Math. Lett. 2 (1989).
/// Between its steps it gives the cubic through states and slopes, which is one order better than torchdiffeq's
/// "bosh3".
/// </remarks>
/// <param name="options">Tolerances and limits; the defaults where it is left out.</param>
public sealed class BogackiShampine(AdaptiveOptions? options = null) : AdaptiveSolver(Tableau, options)
{
    private static readonly EmbeddedTableau Tableau = new(
        Nodes: [0, 1.0 / 2, 3.0 / 4, 1],
        Stages: [[], [1.0 / 2], [0, 3.0 / 4], [2.0 / 9, 1.0 / 3, 4.0 / 9]],
        Error: [2.0 / 9 - 7.0 / 24, 1.0 / 3 - 1.0 / 4, 4.0 / 9 - 1.0 / 3, -1.0 / 8],
        // The cubic's value: half the step's weights, and an eighth of the difference of the slopes.
        Middle: [1.0 / 9 + 1.0 / 8, 1.0 / 6, 2.0 / 9, -1.0 / 8],
        Order: 3);

    /// <inheritdoc/>
    public override string Name => "bosh3";
}
