using LieConv.Datasets.Molecules;
using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>What targets are learnt, and their mean and standard deviation over the training molecules.</summary>
internal static class MoleculeScales
{
    private const string Dipole = "mu";
    private const string SpatialExtent = "r2";

    /// <summary>The scales of the configuration's target, or of all targets of the set.</summary>
    /// <exception cref="ArgumentException">If the set has no such target: one sentence that lists them.</exception>
    public static IReadOnlyList<TargetScale> Measure(MoleculeConfig config, MoleculeSet train)
    {
        if (string.Equals(config.Target, MoleculeConfig.AllTargets, StringComparison.OrdinalIgnoreCase))
            return [.. train.TargetNames.Select((_, t) => Scale(config, train, t))];
        var scale = Scale(config, train, train.TargetIndex(config.Target));
        return [config.ForceWeight > 0 ? scale with { Scale = ForceScale(train) } : scale];
    }

    private static TargetScale Scale(MoleculeConfig config, MoleculeSet train, int target)
    {
        var name = train.TargetNames[target];
        if (config.CompositionReferences && IsExtensive(name) &&
            CompositionFit.Create(train, target, extents: name == SpatialExtent) is { } fit)
            return Scale(train, target, fit.Residuals) with
            {
                Mean = fit.Constant, Atoms = fit.Atoms, Extents = fit.Extents,
            };
        var scale = Scale(train, target, [.. Enumerable.Range(0, train.Count).Select(i => train.Target(i, target))]);
        return config.DipoleHead && name == Dipole ? scale with { Mean = 0 } : scale;
    }

    private static bool IsExtensive(string target) => MoleculeTargets.TryFind(target)?.IsExtensive == true;

    private static TargetScale Scale(MoleculeSet train, int target, double[] values)
    {
        var statistics = TargetStatistics.Measure(values);
        var deviation = statistics.StandardDeviation;
        var name = train.TargetNames[target];
        return new TargetScale(name, MoleculeTargets.TryFind(name)?.Unit ?? "", statistics.Mean, deviation > 0 ? deviation : 1);
    }

    /// <summary>The network with sums over atoms for targets that grow with the molecule, and means for the others.</summary>
    /// <param name="model">The network.</param>
    /// <param name="targets">Its targets.</param>
    /// <param name="train">Tells the atoms of a usual molecule.</param>
    public static MolecularNetworkOptions WithSums(
        MolecularNetworkOptions model, IReadOnlyList<TargetScale> targets, MoleculeSet train)
    {
        int[] summed = [.. Enumerable.Range(0, targets.Count).Where(t => IsExtensive(targets[t].Name))];
        var lifts = model.Block.Frames == FrameChoice.Sampled ? model.Block.LiftSamples : 1;
        return model with
        {
            SumPooling = false, SummedOutputs = summed,
            SumDivisor = summed.Length == 0 ? 1 : (double)lifts * train.Charges.Length / train.Count,
        };
    }

    /// <summary>The network with the length of a dipole moment for what is one.</summary>
    public static MolecularNetworkOptions WithDipole(MolecularNetworkOptions model, IReadOnlyList<TargetScale> targets)
    {
        int[] dipoles = [.. Enumerable.Range(0, targets.Count).Where(t => targets[t].Name == Dipole)];
        return model with { DipoleOutputs = dipoles.Length == 0 ? null : dipoles };
    }

    /// <summary>The energy over which forces are of size 1 an Angstrom: slopes, not energies, are what is hard to learn,
    /// and in units of the energies' standard deviation they are far steeper than a network as it is initialised.
    /// </summary>
    private static double ForceScale(MoleculeSet train) =>
        train.Forces is { Length: > 0 } forces ? Math.Sqrt(forces.Sum(force => force * force) / forces.Length) : 1;
}
