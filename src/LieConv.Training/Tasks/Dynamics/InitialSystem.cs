namespace LieConv.Training.Tasks.Dynamics;

/// <summary>A system whose motion is asked for.</summary>
/// <param name="Parameters">For each particle its mass and what else describes it, n times c numbers.</param>
/// <param name="Positions">For each particle its coordinates, n times D numbers.</param>
/// <param name="Momenta">For each particle its momentum, n times D numbers.</param>
public sealed record InitialSystem(double[][] Parameters, double[][] Positions, double[][] Momenta)
{
    /// <summary>Particles n.</summary>
    public int Particles => Parameters.Length;
}
