using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Parity.Families;

/// <summary>Molecules of different length in one batch.</summary>
public sealed class CollateFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "F_collate");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var count = run.Names("in.charges").Count();
        var places = Enumerable.Range(0, count).ToArray();
        // A name ends with the place of its molecule; names of targets, such as U0, may end with a digit themselves.
        var names = run.Names("in.").Where(name => name.EndsWith('0')).Select(name => name["in.".Length..^1])
            .Where(name => name is not ("charges" or "positions") && places.All(i => run.Has($"in.{name}{i}"))).ToArray();
        var set = PaddedArrays.ToSet(
            [.. places.Select(i => run.Array($"in.charges{i}"))], [.. places.Select(i => run.Reference($"in.positions{i}"))],
            names, [.. places.Select(i => names.Select(name => run.Reference($"in.{name}{i}").item<double>()).ToArray())]);
        var batch = MoleculeBatches.Make(set, places, run.Dtype);
        run.Check("out.charges", batch.Charges);
        run.Check("out.positions", batch.Positions);
        run.Check("out.atom_mask", batch.Mask!);
        run.Check("out.edge_mask", batch.Mask!.unsqueeze(1) & batch.Mask!.unsqueeze(2));
        for (var t = 0; t < names.Length; t++)
            run.Check("out." + names[t], MoleculeBatches.Targets(set, places, t, run.Dtype));
    }
}
