using LieConv.Molecules;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Molecules moved at random with the forces on their atoms.</summary>
internal static class MovedMolecules
{
    /// <summary>Moves each molecule by a motion of its own; forces turn with it and know no translation.</summary>
    /// <param name="batch">The molecules.</param>
    /// <param name="forces">Shape (b, n, 3); null where there are none.</param>
    /// <param name="transform">Which motions.</param>
    /// <param name="generator">Source of the motions.</param>
    public static (MoleculeBatch Batch, Tensor? Forces) Of(
        MoleculeBatch batch, Tensor? forces, MoleculeTransform transform, Generator generator)
    {
        if (forces is null || transform is MoleculeTransform.None or MoleculeTransform.T3)
            return (MoleculeTransforms.Apply(batch, transform, generator), forces);
        var draws = new GeneratorDraws(generator);
        var turns = draws.Quaternions([batch.Positions.shape[0], 1], batch.Positions.dtype, batch.Positions.device);
        if (transform == MoleculeTransform.SE3)
            batch = MoleculeTransforms.Apply(batch, MoleculeTransform.T3, generator);
        return (batch with { Positions = MoleculeTransforms.Move(batch.Positions, null, turns) },
            MoleculeTransforms.Move(forces, null, turns));
    }
}
