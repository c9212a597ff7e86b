using LieConv.Datasets.Molecules;
using LieConv.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Targets, their statistics, a batch and its features, as the original prepares them.</summary>
public sealed class MoleculeDatasetFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "F_qm9_dataset");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var charges = run.Array("in.charges");
        var names = run.Config["units"].EnumerateObject().Select(unit => unit.Name).ToArray();
        var values = names.Select(name => Convert(run, name)).ToArray();
        var count = (int)charges.shape[0];
        var set = PaddedArrays.ToSet([.. charges.unbind(0)], [.. run.Reference("in.positions").unbind(0)], names,
            [.. Enumerable.Range(0, count).Select(i => values.Select(target => target[i]).ToArray())]);
        var whole = new MoleculeBatch(run.Array("in.positions"), charges, charges > 0);
        run.Check("out.included_species", tensor(set.Species.Select(charge => (long)charge).ToArray()));
        run.Check("out.one_hot", whole.OneHot([.. set.Species]));
        run.Check("out.num_species", tensor((long)set.Species.Count));
        run.Check("out.max_charge", tensor((long)set.Species[^1]));
        foreach (var name in names) CheckTarget(run, set, name);
        CheckBatch(run, set, names);
    }

    // The original's sums over the atoms are given here, not the free atoms' own values: one atom that has the sum.
    private static double[] Convert(CaseRun run, string name)
    {
        var target = MoleculeTargets.TryFind(name)! with { Factor = run.Config["units"].GetProperty(name).GetDouble() };
        var raw = run.Reference("in." + name).data<double>().ToArray();
        var sums = run.Has($"in.{name}_thermo") ? run.Reference($"in.{name}_thermo").data<double>().ToArray() : null;
        double Value(int i, double factor) => Thermochemistry.ToUnit(
            raw[i], target with { Factor = factor, SubtractsFreeAtoms = sums is not null }, [1],
            new AtomReferences(new Dictionary<string, double[]> { [name] = [double.NaN, sums?[i] ?? 0] }));
        var places = Enumerable.Range(0, raw.Length);
        if (run.Has($"out.{name}_minus_thermo"))
            run.Check($"out.{name}_minus_thermo", tensor(places.Select(i => Value(i, 1)).ToArray()));
        return [.. places.Select(i => Value(i, target.Factor))];
    }

    private static void CheckTarget(CaseRun run, MoleculeSet set, string name)
    {
        var places = Enumerable.Range(0, set.Count).ToArray();
        var statistics = TargetStatistics.Measure(set, name, places);
        run.Check($"out.{name}_eV", MoleculeBatches.Targets(set, places, set.TargetIndex(name), run.Dtype));
        run.Check("out.stats_" + name, tensor([statistics.Mean, statistics.StandardDeviation]));
        run.Check("out.median_stats_" + name, tensor([statistics.Median, statistics.MedianAbsoluteDeviation]));
    }

    private static void CheckBatch(CaseRun run, MoleculeSet set, string[] names)
    {
        var select = run.Array("in.select").data<long>().Select(place => (int)place).ToArray();
        var batch = MoleculeBatches.Make(set, select, run.Dtype);
        run.Check("out.mb_charges", batch.Charges);
        run.Check("out.mb_positions", batch.Positions);
        run.Check("out.mb_atom_mask", batch.Mask!);
        run.Check("out.mb_edge_mask", batch.Mask!.unsqueeze(1) & batch.Mask!.unsqueeze(2));
        var species = batch.OneHot([.. set.Species]);
        run.Check("out.mb_one_hot", species);
        foreach (var name in names)
            run.Check("out.mb_" + name, MoleculeBatches.Targets(set, select, set.TargetIndex(name), run.Dtype));

        run.Check("out.feat_coords", batch.Positions);
        run.Check("out.feat_mask", batch.Mask!);
        var scaled = batch.Charges.to_type(run.Dtype) / set.Species[^1];
        var powers = stack([ones_like(scaled), scaled, scaled * scaled], -1).unsqueeze(2);
        run.Check("out.feat_values", (species.unsqueeze(-1).to_type(run.Dtype) * powers).flatten(2));
    }
}
