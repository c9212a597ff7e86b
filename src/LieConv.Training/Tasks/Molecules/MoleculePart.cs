using LieConv.Datasets.Molecules;
using LieConv.Molecules;
using LieConv.Numerics;
using LieConv.Training.Learning;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Molecules with the targets that are learnt, as tensors batch by batch.</summary>
/// <param name="set">The molecules.</param>
/// <param name="targets">The targets, T of them, each one of the set's.</param>
/// <param name="dtype">Precision of the positions and targets.</param>
/// <param name="device">Where they go.</param>
/// <param name="centred">Whether positions are relative to their molecule's mean: for networks that no translation
/// changes.</param>
internal sealed class MoleculePart(
    MoleculeSet set, IReadOnlyList<TargetScale> targets, ScalarType dtype, Device device, bool centred)
{
    private readonly int[] _columns = [.. targets.Select(target => set.TargetIndex(target.Name))];

    /// <summary>The molecules.</summary>
    public MoleculeSet Set { get; } = set;

    /// <summary>A batch b of molecules, padded to its largest.</summary>
    public MoleculeBatch Molecules(ReadOnlySpan<long> examples) =>
        MoleculeBatches.Make(Set, Places(examples), dtype, device, centred);

    /// <summary>Targets in standard deviations from their reference, shape (b, T).</summary>
    public Tensor Targets(ReadOnlySpan<long> examples)
    {
        var values = new double[examples.Length * _columns.Length];
        for (var i = 0; i < examples.Length; i++)
            for (var t = 0; t < _columns.Length; t++)
                values[i * _columns.Length + t] =
                    (Set.Target((int)examples[i], _columns[t]) - MoleculeReference.Compute(
                        targets[t], Set.ChargesOf((int)examples[i]), Set.PositionsOf((int)examples[i]))) /
                    targets[t].Scale;
        return tensor(values, [examples.Length, _columns.Length], dtype: dtype, device: device);
    }

    /// <summary>Forces in the first target's standard deviations per Angstrom, 0 for padding, shape (b, n, 3).</summary>
    public Tensor Forces(ReadOnlySpan<long> examples) =>
        MoleculeBatches.Forces(Set, Places(examples), dtype, device) / Scalars.Of(targets[0].Scale);

    /// <summary>The true targets of a molecule, in their units.</summary>
    public double[] True(int molecule) => [.. _columns.Select(column => Set.Target(molecule, column))];

    private static int[] Places(ReadOnlySpan<long> examples)
    {
        var places = new int[examples.Length];
        for (var i = 0; i < places.Length; i++) places[i] = (int)examples[i];
        return places;
    }
}
