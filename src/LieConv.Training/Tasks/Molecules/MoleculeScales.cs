using LieConv.Datasets.Molecules;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>What targets are learnt, and their mean and standard deviation over the training molecules.</summary>
internal static class MoleculeScales
{
    /// <summary>The scales of the configuration's target, or of all targets of the set.</summary>
    /// <exception cref="ArgumentException">If the set has no such target: one sentence that lists them.</exception>
    public static IReadOnlyList<TargetScale> Measure(MoleculeConfig config, MoleculeSet train)
    {
        if (string.Equals(config.Target, MoleculeConfig.AllTargets, StringComparison.OrdinalIgnoreCase))
            return [.. train.TargetNames.Select((_, t) => Scale(train, t))];
        var scale = Scale(train, train.TargetIndex(config.Target));
        return [config.ForceWeight > 0 ? scale with { Scale = ForceScale(train) } : scale];
    }

    private static TargetScale Scale(MoleculeSet train, int target)
    {
        var statistics = TargetStatistics.Measure([.. Enumerable.Range(0, train.Count).Select(i => train.Target(i, target))]);
        var deviation = statistics.StandardDeviation;
        var name = train.TargetNames[target];
        return new TargetScale(name, MoleculeTargets.TryFind(name)?.Unit ?? "", statistics.Mean, deviation > 0 ? deviation : 1);
    }

    /// <summary>The energy over which forces are of size 1 an Angstrom: slopes, not energies, are what is hard to learn,
    /// and in units of the energies' standard deviation they are far steeper than a network as it is initialised.
    /// </summary>
    private static double ForceScale(MoleculeSet train) =>
        train.Forces is { Length: > 0 } forces ? Math.Sqrt(forces.Sum(force => force * force) / forces.Length) : 1;
}
