using LieConv.Datasets.Molecules;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Molecules;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Molecules;

/// <summary>A molecule that is too large costs itself.</summary>
[Collection("Serial")]
public sealed class MoleculeMemoryTests
{
    [Theory, Trait("Category", "Faults")]
    [InlineData(false)]
    [InlineData(true)]
    public void PredictWhatFits_LittleMemory_RefusesTheLargeAndPredictsTheRest(bool forces)
    {
        var config = Config(forces);
        using var model = config.CreateNetwork();
        model.to(config.Train.Dtype);
        model.eval();
        var memory = new MoleculeMemory(config);
        var limit = (long)(memory.Bytes(30, forces) + memory.Bytes(300, forces)) / 2;
        var predictor = new MoleculePredictor(model, config) { Available = () => limit };
        var part = new MoleculePart(Chains(30, 300, 20), [], config.Train.Dtype, CPU, centred: true);
        var refused = new List<(int Molecule, string Why)>();
        var predictions = predictor.PredictWhatFits(
            part, forces, (molecule, why) => refused.Add((molecule, why)), TestContext.Current.CancellationToken);
        var (which, reason) = Assert.Single(refused);
        Assert.Equal(1, which);
        Assert.StartsWith("has 300 atoms, too many for the memory: it takes about ", reason, StringComparison.Ordinal);
        Assert.Equal([true, false, true], predictions.Values.Select(values => values is not null));
        if (forces) Assert.Equal(90, predictions.Forces![0].Length);
    }

    [Fact]
    public void Batches_SizesOfAllKinds_StayWithinTheirPairsAndHoldEachMoleculeOnce()
    {
        var memory = new MoleculeMemory(Config(false));
        var set = Chains([.. Enumerable.Repeat(9, 500), 2000, 40, 3000, 41, .. Enumerable.Repeat(150, 300)]);
        var batches = MoleculeBatchPlan.Create(set, memory, 200).ToArray();
        Assert.Equal(Enumerable.Range(0, set.Count).Select(i => (long)i), batches.SelectMany(batch => batch).Order());
        foreach (var batch in batches)
        {
            Assert.InRange(batch.Length, 1, 200);
            if (batch.Length > 1)
                Assert.InRange(batch.Length * memory.Pairs(set.AtomCount((int)batch[^1])), 0, memory.PairsOfBatch);
        }
        Assert.Equal(200, batches[0].Length);
    }

    [Fact]
    public void Bytes_WithoutForces_GrowWithTheAtomsAndWithForcesWithTheirPairs()
    {
        var (energies, forces) = (new MoleculeMemory(Config(false)), new MoleculeMemory(Config(true)));
        Assert.InRange(energies.Bytes(20_000, false) / energies.Bytes(10_000, false), 1.99, 2.01);
        Assert.InRange(energies.Bytes(20_000, false), 0, 1e9);
        Assert.InRange(forces.Bytes(20_000, true) / forces.Bytes(10_000, true), 3.9, 4.01);
        Assert.InRange(forces.Bytes(20_000, true), 1e11, 1e13);
    }

    private static MoleculeConfig Config(bool forces) => MoleculePresets.Create(
        forces ? "md17" : "qm9", "quick", null, "T3", null, null) with
    {
        Targets = [new TargetScale("energy", "kcal/mol", 0, 1)],
    };

    /// <summary>Zigzag chains of carbon.</summary>
    private static MoleculeSet Chains(params int[] sizes)
    {
        var builder = new MoleculeSetBuilder([]);
        foreach (var size in sizes)
            builder.Add(
                builder.Count + 1, Enumerable.Repeat((byte)6, size).ToArray(),
                Enumerable.Range(0, size).SelectMany(i => new[] { 1.3 * i, i % 2 * 0.8, 0.0 }).ToArray(), default);
        return builder.Build();
    }
}
