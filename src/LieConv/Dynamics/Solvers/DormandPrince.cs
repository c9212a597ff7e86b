namespace LieConv.Dynamics.Solvers;

/// <summary>The Dormand-Prince method of order 5 with an embedded one of order 4 and dense output of order 4.</summary>
/// <remarks>
/// Six evaluations a step tried, and two at the beginning. Dormand and Prince, A family of embedded Runge-Kutta
/// formulae, J. Comp. Appl. Math. 6 (1980); the error weights and the middle are those of Shampine, Some practical
/// Runge-Kutta formulas, Math. Comp. 46 (1986), as in torchdiffeq's "dopri5", whose steps it repeats under
/// <see cref="ErrorControl.WholeBatch"/>.
/// </remarks>
/// <param name="options">Tolerances and limits; the defaults where it is left out.</param>
public sealed class DormandPrince(AdaptiveOptions? options = null) : AdaptiveSolver(Tableau, options)
{
    private static readonly EmbeddedTableau Tableau = new(
        Nodes: [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1],
        Stages:
        [
            [],
            [1.0 / 5],
            [3.0 / 40, 9.0 / 40],
            [44.0 / 45, -56.0 / 15, 32.0 / 9],
            [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
            [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
            [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
        ],
        Error:
        [
            35.0 / 384 - 1951.0 / 21600, 0, 500.0 / 1113 - 22642.0 / 50085, 125.0 / 192 - 451.0 / 720,
            -2187.0 / 6784 + 12231.0 / 42400, 11.0 / 84 - 649.0 / 6300, -1.0 / 60,
        ],
        Middle:
        [
            6025192743.0 / 30085553152 / 2, 0, 51252292925.0 / 65400821598 / 2, -2691868925.0 / 45128329728 / 2,
            187940372067.0 / 1594534317056 / 2, -1776094331.0 / 19743644256 / 2, 11237099.0 / 235043384 / 2,
        ],
        Order: 5);

    /// <inheritdoc/>
    public override string Name => "dopri5";
}
