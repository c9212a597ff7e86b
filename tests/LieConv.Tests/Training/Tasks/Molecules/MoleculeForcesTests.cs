using LieConv.Datasets.Molecules;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Molecules;

/// <summary>Energies and forces learnt together, on random molecules whose atoms springs join.</summary>
public sealed class MoleculeForcesTests
{
    private const int Count = 12;
    private const int Atoms = 4;

    [Theory]
    [InlineData("SE3", BlockKind.Convolution, true), InlineData("T3", BlockKind.Convolution, false)]
    [InlineData("SE3", BlockKind.Attention, true), InlineData("T3", BlockKind.Attention, false)]
    public void Evaluate_RotatedMolecules_ForcesTurnWithThemUnderSE3Only(string group, BlockKind kind, bool turns)
    {
        using var model = Model(group, out var config, kind);
        MoleculeObjective objective = new MoleculeObjective(model, Parts(), config);
        model.eval();
        var still = objective.Evaluate(DataSplit.Test, MoleculeTransform.None, 1, (_, _) => { }, TestContext.Current.CancellationToken).Metrics;
        var rotated = objective.Evaluate(DataSplit.Test, MoleculeTransform.SO3, 1, (_, _) => { }, TestContext.Current.CancellationToken).Metrics;
        var change = Math.Abs(rotated[MoleculeObjective.ForcesMae] - still[MoleculeObjective.ForcesMae]) / still[MoleculeObjective.ForcesMae];
        if (turns) Assert.InRange(change, 0, 1e-10);
        else Assert.True(change > 1e-8, $"{change}");
    }

    [Theory]
    [InlineData(BlockKind.Convolution), InlineData(BlockKind.Attention)]
    public void TrainingLoss_Steps_LowerTheErrorOfForces(BlockKind kind)
    {
        using var model = Model("T3", out var config, kind);
        MoleculeObjective objective = new MoleculeObjective(model, Parts(), config);
        using var adam = optim.Adam(model.parameters(), 1e-2);
        var (first, last) = (0.0, 0.0);
        for (var step = 0; step < 60; step++)
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator((ulong)step);
            adam.zero_grad();
            var loss = objective.TrainingLoss([.. Enumerable.Range(0, Count).Select(i => (long)i)], generator);
            loss.Mean.backward();
            adam.step();
            last = loss.Sums[MoleculeObjective.ForcesMae] / Count;
            if (step == 0) first = last;
        }
        Assert.True(last < 0.7 * first, $"{last} after {first}");
    }

    [Fact]
    public void Scale_WithForces_IsTheirRootMeanSquare()
    {
        var forces = Molecules().Forces!;
        var expected = Math.Sqrt(forces.Sum(force => force * force) / forces.Length);
        Assert.Equal(expected, MoleculeScales.Measure(Config("T3"), Molecules())[0].Scale, expected * 1e-12);
    }

    [Fact]
    public void MovedMolecules_Rotation_TurnsForcesByTheSameTurn()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var positions = randn([2L, Atoms, 3], dtype: ScalarType.Float64, generator: generator);
        var batch = new MoleculeBatch(positions, ones([2L, Atoms], dtype: ScalarType.Int64));
        var (moved, forces) = MovedMolecules.Of(batch, positions * 2, MoleculeTransform.SO3, generator);
        Assert.True(forces!.allclose(moved.Positions * 2, 1e-12, 1e-12));
        Assert.False(moved.Positions.allclose(positions));
    }

    private static MolecularNetwork Model(
        string group, out MoleculeConfig config, BlockKind kind = BlockKind.Convolution)
    {
        random.manual_seed(1);
        config = Config(group);
        config = config with { Model = config.Model with { Block = config.Model.Block with { Kind = kind } } };
        config = config with { Targets = MoleculeScales.Measure(config, Molecules()) };
        return MolecularNetworks.Create(
            config.Network, MolecularNetworks.GroupOf(config.Network, config.Group), config.Model);
    }

    private static MoleculeConfig Config(string group) => new()
    {
        Task = MoleculeDataOptions.Md17, Target = "energy", Group = group, ForceWeight = 0.9,
        Data = new MoleculeDataOptions { Source = MoleculeDataOptions.Md17, Molecule = "ethanol" },
        Model = new MolecularNetworkOptions
        {
            Species = [1, 6], Channels = 16, Layers = 2,
            Block = MolecularNetworkOptions.UsualBlock with
            {
                BatchNorm = false, Mean = false, Frames = group == "SE3" ? FrameChoice.Weighted : FrameChoice.Sampled,
            },
            SumPooling = true,
        },
        Train = new TrainOptions { Precision = "float64", EvaluationBatch = 5, Augment = false },
    };

    private static MoleculeParts Parts() => new(Molecules(), null, Molecules(), "springs", false);

    /// <summary>E = Σ over pairs (r² - 2)² / 8, so that forces are known.</summary>
    private static MoleculeSet Molecules()
    {
        var random = new Random(5);
        var positions = Enumerable.Range(0, Count * Atoms * 3).Select(_ => 2 * random.NextDouble() - 1).ToArray();
        var (forces, energies) = (new double[positions.Length], new double[Count]);
        for (var m = 0; m < Count; m++)
            for (var i = 0; i < Atoms; i++)
                for (var j = 0; j < i; j++)
                {
                    var (a, b) = (3 * (m * Atoms + i), 3 * (m * Atoms + j));
                    var way = Enumerable.Range(0, 3).Select(k => positions[a + k] - positions[b + k]).ToArray();
                    var excess = way.Sum(x => x * x) - 2;
                    energies[m] += excess * excess / 8;
                    for (var k = 0; k < 3; k++)
                    {
                        forces[a + k] -= excess * way[k] / 2;
                        forces[b + k] += excess * way[k] / 2;
                    }
                }
        return new MoleculeSet(
            [.. Enumerable.Range(0, Count + 1).Select(i => i * Atoms)],
            [.. Enumerable.Range(0, Count * Atoms).Select(i => (byte)(i % Atoms == 0 ? 6 : 1))], positions, ["energy"],
            energies, [.. Enumerable.Range(1, Count)], forces);
    }
}
