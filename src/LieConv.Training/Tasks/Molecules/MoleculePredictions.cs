namespace LieConv.Training.Tasks.Molecules;

/// <summary>What a network gives for molecules.</summary>
/// <param name="Values">In the targets' units, by molecule and target.</param>
/// <param name="Forces">In the energy's unit per Angstrom, by molecule, three numbers an atom; null where none are
/// learnt.</param>
internal sealed record MoleculePredictions(double[][] Values, double[][]? Forces)
{
    /// <summary>Room for predictions.</summary>
    public static MoleculePredictions Create(int molecules, bool forces) =>
        new(new double[molecules][], forces ? new double[molecules][] : null);
}
