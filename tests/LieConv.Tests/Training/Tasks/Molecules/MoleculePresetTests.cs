using LieConv.Randomness;
using LieConv.Tests.Molecules;
using LieConv.Tests.Support;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Molecules;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Molecules;

/// <summary>What presets of molecules choose, and that files of weights keep what they were made with.</summary>
[Collection("Serial")]
public sealed class MoleculePresetTests
{
    /// <summary>The preset's network under T3 sees distances only: exactly invariant. The README's is the original's, as
    /// networks of groups of one's own are.</summary>
    [Fact]
    public void Create_Presets_ReadDistancesWhereThatIsTheRecipe()
    {
        var small = MoleculePresets.Create("qm9", "small", null, null, "all", null);
        Assert.True(small is { SumExtensive: true, CompositionReferences: true, DipoleHead: true });
        Assert.Equal((16, 8.0, true), (small.Model.Block.RadialBasis, small.Model.Block.RadialCutoff, small.Model.Block.RadialOnly));
        foreach (var group in (string[])["SE3", "SO3:0.3"])
            Assert.True(MoleculePresets.Create("qm9", "small", null, group, null, null).Model.Block is
                { RadialBasis: 16, RadialOnly: false });
        foreach (var other in (MoleculeConfig[])
        [
            MoleculePresets.Create("qm9", "readme", null, null, "U0", null),
            MoleculePresets.Create("qm9", "small", null, "Trivial3", null, null),
            MoleculePresets.Create("md17", "readme", null, null, null, null),
            MoleculePresets.Create("qm9", "small", "MolecGN", null, null, null),
        ])
            Assert.Equal((0, false), (other.Model.Block.RadialBasis, other.Model.Block.RadialOnly));
        var readme = MoleculePresets.Create("qm9", "readme", null, null, "U0", null);
        Assert.True(readme is { SumExtensive: false, CompositionReferences: false, DipoleHead: false, Model.SumPooling: true });

        Assert.True(MoleculePresets.Create("md17", "small", null, null, null, null) is
            { SumExtensive: false, Model.Block: { RadialBasis: 16, RadialOnly: true } });

        using var scope = NewDisposeScope();
        using var network = (small with { Model = small.Model with { Channels = 16, Layers = 2, Outputs = 12 } }).CreateNetwork();
        network.to(ScalarType.Float64);
        network.eval();
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 9);
        var turned = batch with { Positions = batch.Positions.matmul(RandomMolecules.Rotation().T) + 0.7 };
        Assert.True(RandomMolecules.Difference(
            network.call(batch, NoDraws.Instance), network.call(turned, NoDraws.Instance)) < 1e-10);
    }

    /// <summary>A file of weights is imported with the preset of another target's shape, and predicts what the run
    /// predicts.</summary>
    [Theory]
    [InlineData("all", true)]
    [InlineData("U0", true)]
    [InlineData("U0", false)]
    public void Import_ExportedRun_PredictsTheSame(string target, bool levers)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var preset = MoleculePresets.Create("qm9", "quick", null, null, target, null);
        preset = preset with
        {
            Data = preset.Data with { TrainCount = 30, ValidationCount = 0, TestCount = 5 },
            Model = preset.Model with { Channels = 8, Layers = 1 }, Train = new() { Epochs = 1, Batch = 15 },
        };
        var config = levers ? preset : preset with
        {
            SumExtensive = false, CompositionReferences = false,
            Model = preset.Model with
            {
                SumPooling = true, Block = preset.Model.Block with { RadialBasis = 0, RadialCutoff = 0, RadialOnly = false },
            },
        };
        using (var run = MoleculeRun.Start(config, folder.File("run"), _ => { }))
            run.Train(TrainingObserver.Silent, CancellationToken.None);
        MoleculeWeights.Export(folder.File("run"), "last", folder.File("w.safetensors"), original: false, _ => { });
        var warnings = new List<string>();
        MoleculeWeights.Import(folder.File("w.safetensors"), preset, folder.File("again"), original: false, warnings.Add);
        Assert.DoesNotContain(warnings, line => line.Contains("differ", StringComparison.Ordinal));
        File.WriteAllText(folder.File("water.xyz"), "3\nwater\nO 0 0 0.1173\nH 0 0.7572 -0.4692\nH 0 -0.7572 -0.4692\n");
        using var first = MoleculePrediction.Open(folder.File("run"), "last", 1);
        using var second = MoleculePrediction.Open(folder.File("again"), "last", 1);
        var expected = first.Predict(folder.File("water.xyz"), CancellationToken.None).Molecules[0].Values;
        Assert.Equal(expected, second.Predict(folder.File("water.xyz"), CancellationToken.None).Molecules[0].Values);

        // Averages over rotations: the same of a network that they leave alone, other numbers of one that they do not.
        second.Average = 4;
        var averaged = second.Predict(folder.File("water.xyz"), CancellationToken.None).Molecules[0].Values;
        var change = expected.Zip(averaged, (a, b) => Math.Abs(a.Value - b.Value)).Max() / second.Targets.Max(t => t.Scale);
        if (levers) Assert.True(change < 1e-4, $"{change}");
        else Assert.True(change > 1e-7, $"{change}");
    }
}
