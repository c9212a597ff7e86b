using LieConv.Datasets.Molecules;
using LieConv.Molecules;
using LieConv.Tests.Support;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Molecules;

/// <summary>References by least squares over the composition, and sums and means by target.</summary>
[Collection("Serial")]
public sealed class CompositionFitTests
{
    private static readonly MoleculeDataOptions Sample = new() { Source = MoleculeDataOptions.Qm9 };

    /// <summary>y = 3 + 2 n_H - 5 n_C + 0.5 n_O, of H2O, CH4, CO2, C2H6, CH2O: found again, with nothing left.</summary>
    [Fact]
    public void Create_SumOverAtoms_FindsWhatAtomsAreWorth()
    {
        var fit = CompositionFit.Create(Set(
            [[1, 1, 8], [6, 1, 1, 1, 1], [6, 8, 8], [6, 6, 1, 1, 1, 1, 1, 1], [6, 1, 1, 8]],
            [3 + 4 + 0.5, 3 + 8 - 5, 3 - 5 + 1, 3 + 12 - 10, 3 + 4 - 5 + 0.5]), 0)!;
        Assert.Equal(3, fit.Constant, 9);
        Assert.Equal((2.0, -5.0, 0.5), (Math.Round(fit.Atoms[1], 9), Math.Round(fit.Atoms[6], 9), Math.Round(fit.Atoms[8], 9)));
        Assert.All(fit.Residuals, left => Assert.Equal(0, left, 9));
    }

    /// <summary>Two elements always in the same number: the smallest solution gives both the same.</summary>
    [Fact]
    public void Create_CountsThatDependOnEachOther_AreFiniteAndFit()
    {
        var fit = CompositionFit.Create(Set([[1, 9], [1, 1, 9, 9], [1, 1, 1, 9, 9, 9]], [1.0, 2, 3]), 0)!;
        Assert.Equal((0.5, 0.5), (Math.Round(fit.Atoms[1], 9), Math.Round(fit.Atoms[9], 9)));
        Assert.All(fit.Residuals, left => Assert.Equal(0, left, 9));
        Assert.Null(CompositionFit.Create(Set([[1, 9], [9, 1]], [1.0, 2]), 0));
    }

    /// <summary>The law of least squares: what is left is at right angles to the counts and to the constant.</summary>
    [Fact]
    public void Measure_SampleOfQm9_LeavesWhatNoCompositionTells()
    {
        var train = MoleculeSource.Load(Sample, _ => { }).Train;
        var scales = MoleculeScales.Measure(
            new MoleculeConfig { Target = MoleculeConfig.AllTargets, CompositionReferences = true }, train);
        var plain = MoleculeScales.Measure(new MoleculeConfig { Target = MoleculeConfig.AllTargets }, train);
        string[] extensive = ["alpha", "Cv", "G", "H", "r2", "U", "U0", "zpve"];
        Assert.Equal(extensive, scales.Where(scale => scale.Atoms is not null).Select(scale => scale.Name));
        for (var t = 0; t < scales.Count; t++)
        {
            if (scales[t].Atoms is null)
            {
                Assert.Equal(plain[t], scales[t]);
                continue;
            }
            Assert.True(scales[t].Scale < plain[t].Scale, scales[t].Name);
            foreach (var element in (int[])[0, .. train.Species])
            {
                var (sum, size) = (0.0, 0.0);
                for (var i = 0; i < train.Count; i++)
                {
                    var count = element == 0 ? 1 : train.ChargesOf(i).ToArray().Count(charge => charge == element);
                    sum += count * (train.Target(i, t) - MoleculeReference.Compute(scales[t], train.ChargesOf(i), train.PositionsOf(i)));
                    size += Math.Abs(count * train.Target(i, t));
                }
                Assert.True(Math.Abs(sum) < 1e-9 * size, $"{scales[t].Name} {element}: {sum} of {size}");
            }
        }
    }

    /// <summary>A network that says 0 predicts the references; they are in config.json, and a run of before has none.
    /// </summary>
    [Fact]
    public void Start_ReferencesAndSums_AreKeptAndAdded()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var preset = MoleculePresets.Create("qm9", "quick", null, null, "all", null);
        var config = preset with
        {
            CompositionReferences = true, SumExtensive = true, DipoleHead = true, Model = preset.Model with { Channels = 8, Layers = 1 },
        };
        using var run = MoleculeRun.Start(config, folder.File("run"), _ => { });
        Assert.Equal([0, 5, 6, 7, 8, 9, 10, 11], run.Config.Model.SummedOutputs!);
        var data = MoleculeSource.Load(run.Config.Data, _ => { });
        Assert.Equal((double)data.Train.Charges.Length / data.Train.Count, run.Config.Model.SumDivisor, 9);
        using (no_grad()) foreach (var parameter in run.Model.parameters()) parameter.zero_();
        run.Model.eval();
        var evaluation = (MoleculeEvaluation)run.Objective.Evaluate(
            DataSplit.Test, (_, _) => { }, CancellationToken.None);
        for (var i = 0; i < data.Test.Count; i++)
            for (var t = 0; t < 12; t++)
                Assert.Equal(
                    MoleculeReference.Compute(run.Config.Targets[t], data.Test.ChargesOf(i), data.Test.PositionsOf(i)),
                    evaluation.Predicted[i][t], 6);

        var again = MoleculeConfig.Read(folder.File("run/config.json"));
        Assert.Equal(run.Config.Targets[10].Atoms!.OrderBy(pair => pair.Key), again.Targets[10].Atoms!.OrderBy(pair => pair.Key));
        Assert.Null(again.Targets[1].Atoms);
        Assert.Equal(5, again.Targets[8].Extents!.Count);
        Assert.Equal((0.0, 4), (again.Targets[4].Mean, again.Model.DipoleOutputs![0]));
        Assert.Equal(run.Config.Model.SumDivisor, again.Model.SumDivisor);
        Assert.Equal(run.Config.Identity(), again.Identity());
    }

    /// <summary>r2 = 7 + 2 n_H + n_C + 3 Σ_H |r|² + 20 Σ_C |r|² about the centre of mass is found again, wherever molecules
    /// are; by hand for H at 0 and C at (13.019, 0, 0), 13.019 = 1.008 + 12.011: the centre is 12.011 from H and 1.008 from
    /// C.</summary>
    [Fact]
    public void Create_Extents_FindsWhatSquaredDistancesAreWorth()
    {
        byte[] charges = [1, 6];
        var squares = new double[2];
        MoleculeReference.SquaredRadii(charges, [5, 5, 5, 18.019, 5, 5], squares);
        Assert.Equal(12.011 * 12.011, squares[0], 9);
        Assert.Equal(1.008 * 1.008, squares[1], 9);
        var random = new Random(3);
        byte[][] molecules = [.. Enumerable.Range(0, 12).Select(i => Enumerable.Range(0, 2 + i % 4)
            .Select(atom => (byte)((atom + i) % 3 == 0 ? 1 : 6)).ToArray())];
        double[][] positions = [.. molecules.Select(atoms => Enumerable.Range(0, 3 * atoms.Length)
            .Select(_ => 4 * random.NextDouble()).ToArray())];
        double[] values = [.. molecules.Zip(positions, (atoms, places) =>
        {
            var own = new double[atoms.Length];
            MoleculeReference.SquaredRadii(atoms, places, own);
            return 7 + atoms.Zip(own, (charge, square) => charge == 1 ? 2 + 3 * square : 1 + 20 * square).Sum();
        })];
        var set = new MoleculeSet(
            [0, .. molecules.Select((_, i) => molecules[..(i + 1)].Sum(atoms => atoms.Length))],
            [.. molecules.SelectMany(atoms => atoms)], [.. positions.SelectMany(places => places)], ["r2"], values,
            [.. Enumerable.Range(1, 12)]);
        var scale = MoleculeScales.Measure(new MoleculeConfig { Target = "r2", CompositionReferences = true }, set)[0];
        Assert.Equal((7.0, 2.0, 1.0), (Math.Round(scale.Mean, 7), Math.Round(scale.Atoms![1], 7), Math.Round(scale.Atoms[6], 7)));
        Assert.Equal((3.0, 20.0), (Math.Round(scale.Extents![1], 7), Math.Round(scale.Extents[6], 7)));
        Assert.Equal(values[4], MoleculeReference.Compute(scale, molecules[4], positions[4].Select(x => x - 9).ToArray()), 6);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Validate_SumsThatARunWouldFind_IsOneSentence()
    {
        var config = new MoleculeConfig
        {
            Group = "T3", SumExtensive = true, Model = new MolecularNetworkOptions { SumDivisor = 2 },
        };
        Assert.Equal(
            ["sumExtensive is true, which finds summedOutputs and sumDivisor; expected these to be null and 1."],
            config.Validate());
    }

    private static MoleculeSet Set(byte[][] molecules, double[] energies)
    {
        int[] offsets = [0, .. molecules.Select((_, i) => molecules[..(i + 1)].Sum(atoms => atoms.Length))];
        byte[] charges = [.. molecules.SelectMany(atoms => atoms)];
        return new MoleculeSet(
            offsets, charges, new double[3 * charges.Length], ["energy"], energies, [.. Enumerable.Range(1, energies.Length)]);
    }
}
