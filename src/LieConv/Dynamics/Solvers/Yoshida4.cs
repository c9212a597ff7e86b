namespace LieConv.Dynamics.Solvers;

/// <summary>The symplectic method of order 4 that is composed of three leapfrogs, the middle one backwards.</summary>
/// <remarks>Yoshida, Construction of higher order symplectic integrators, Physics Letters A 150 (1990), and Forest and
/// Ruth, Physica D 43 (1990). Six evaluations a step, and one at the beginning.</remarks>
/// <param name="substeps">Equal steps in each interval between two times.</param>
public sealed class Yoshida4(int substeps = 1) : SymplecticSolver([Outer, 1 - 2 * Outer, Outer], substeps)
{
    /// <summary>1 / (2 - 2^(1/3)): with it the leapfrogs' errors of third order cancel.</summary>
    private static readonly double Outer = 1 / (2 - Math.Cbrt(2));

    /// <inheritdoc/>
    public override string Name => "yoshida4";

    /// <inheritdoc/>
    public override int Order => 4;
}
