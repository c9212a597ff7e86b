namespace LieConv.Dynamics.Solvers;

/// <summary>The leapfrog method (Störmer-Verlet) for separable energies.</summary>
/// <remarks>Hairer, Lubich and Wanner, Geometric Numerical Integration, section I.1.4. Two evaluations a step, and
/// one at the beginning.</remarks>
/// <param name="substeps">Equal steps in each interval between two times.</param>
public sealed class Leapfrog(int substeps = 1) : SymplecticSolver([1], substeps)
{
    /// <inheritdoc/>
    public override string Name => "leapfrog";

    /// <inheritdoc/>
    public override int Order => 2;
}
