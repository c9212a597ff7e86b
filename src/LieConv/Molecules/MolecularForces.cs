using LieConv.Layers;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>Forces as minus the gradient of an energy, so that they conserve it.</summary>
public static class MolecularForces
{
    /// <summary>Energies and forces of a network with one output.</summary>
    /// <remarks>In training, batch normalisation makes each energy depend on all molecules of the batch, and the
    /// gradient of their sum is then no force of any.</remarks>
    /// <param name="network">The energy; without batch normalisation, or in evaluation.</param>
    /// <param name="batch">The molecules.</param>
    /// <param name="draws">What the energy draws; forces belong to that draw. <see cref="NoDraws"/> for an energy that
    /// is one function.</param>
    /// <param name="createGraph">Whether a loss on energies and forces is to be differentiated.</param>
    /// <exception cref="ArgumentException">If the network has several outputs or normalises over the batch, or if the
    /// batch does not fit it.</exception>
    public static EnergiesAndForces Compute(
        MolecularNetwork network, MoleculeBatch batch, Draws draws, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(draws);
        if (network.Outputs != 1)
            throw new ArgumentException(
                $"The network has {network.Outputs} outputs; expected 1, an energy.", nameof(network));
        if (network.training && network.modules().Any(module => module is MaskedBatchNorm))
            throw new ArgumentException(
                "The network normalises over the batch while it trains, so that its energies are not those of single " +
                "molecules; expected BatchNorm = false, or the network in evaluation.", nameof(network));
        return Compute(molecules => network.call(molecules, draws).squeeze(-1), batch, createGraph);
    }

    /// <summary>Energies and forces of an energy function.</summary>
    /// <param name="energy">The energy.</param>
    /// <param name="batch">The molecules.</param>
    /// <param name="createGraph">Whether a loss on energies and forces is to be differentiated.</param>
    /// <exception cref="ArgumentException">If the energies have another shape or do not depend on the positions.
    /// </exception>
    public static EnergiesAndForces Compute(MolecularEnergy energy, MoleculeBatch batch, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(energy);
        AtomFeatures.Check(batch);
        using var scope = NewDisposeScope();
        using var on = enable_grad();
        var positions = batch.Positions.requires_grad ? batch.Positions : batch.Positions.detach().requires_grad_();
        var energies = energy(batch with { Positions = positions });
        Guard.HasShape(energies, nameof(energies), "(b)", positions.shape[0]);
        if (!energies.requires_grad)
            throw new ArgumentException("The energy does not depend on the positions.", nameof(energy));
        var slope = Derivative.Compute(energies.sum(), positions, createGraph);
        var forces = (-slope).masked_fill(batch.Atoms.logical_not().unsqueeze(-1), Scalars.Of(0));
        return new EnergiesAndForces(
            scope.MoveToOuter(createGraph ? energies : energies.detach()), scope.MoveToOuter(forces));
    }
}
